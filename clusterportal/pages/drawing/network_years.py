"""The same network in several years, a small panel each: an actor keeps its row, so that a change is seen as one.

Columns are main layers; the rows of all panels follow from everything that was ever tied, ordered by barycentres
(`crossing`). Unit: px.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from .crossing import ordered
from .layering import layering
from .paths import dot, number
from .shapes import Column, Edge, Node

__all__ = ["Marks", "NetworkYear", "Panel", "Years", "network_years"]

WIDTH, HEIGHT = 190, 176
FIRST_HEAD, STEP_UP = 4, 4  # top of the highest head; each stands so much lower to the left
FIRST_ROW, LAST_ROW = 36, 164
WIDEST, CLOSEST = 11.6, 3.0  # from row to row
MOST_MARKS = (
    int((LAST_ROW - FIRST_ROW) / CLOSEST) + 1
)  # in one column; with more actors a mark stands for several
RADIUS = 3.8
MOST_UNTANGLED = 600  # ties that are worth the time
MOST_LINES = 400  # in one panel, those of the most ties first
_NOT_DRAWN = -1


@dataclass(frozen=True, eq=False)
class NetworkYear:
    """Who was there in one year, and between whom there was a tie: with a known year, and without one.

    Actors are numbers from 0; a tie is a row of two of them.
    """

    label: str
    actors: np.ndarray
    ties: np.ndarray
    undated: np.ndarray


@dataclass(frozen=True)
class Head:
    position: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Marks:
    """The marks of one layer as one path, those of actors without any tie (`is_alone`) apart."""

    position: int
    is_alone: bool
    path: str


@dataclass(frozen=True)
class Panel:
    """One year: all lines with a known year as one path, those without one as another."""

    label: str
    dated: str
    undated: str
    marks: tuple[Marks, ...]
    left_out: int = 0  # lines


@dataclass(frozen=True)
class Years:
    """The panels from left to right. A mark is an actor, or `unit` of them; whoever has no layer is not drawn."""

    panels: tuple[Panel, ...]
    heads: tuple[Head, ...]
    unit: int
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True, eq=False)
class _Board:
    """Where the marks stand: the same in all panels. A mark is `depth` times the rank of its column, and its row."""

    marks: np.ndarray  # by actor, or _NOT_DRAWN
    size: int  # of the marks that there can be
    depth: int
    pitch: float
    unit: int
    width: float

    def rank(self, marks: np.ndarray) -> np.ndarray:
        """The rank of the column of each mark; that of _NOT_DRAWN is none."""
        return marks // self.depth

    def places(self, marks: np.ndarray) -> list[tuple[float, float]]:
        """x and y of each mark."""
        x = self.width * (self.rank(marks) + 0.5)
        y = FIRST_ROW + self.pitch * (marks % self.depth)
        return list(zip(x.tolist(), y.tolist(), strict=True))


def network_years(columns: Sequence[Column], layers: np.ndarray, standings: Sequence[NetworkYear]) -> Years:
    """The panels of the years. `layers`: by actor the position of its main layer, 0 without one."""
    board = _board(columns, layers, standings)
    return Years(
        panels=tuple(_panel(one, board, columns) for one in standings),
        heads=tuple(_heads(columns, board.width)),
        unit=board.unit,
    )


def _board(columns: Sequence[Column], layers: np.ndarray, standings: Sequence[NetworkYear]) -> _Board:
    """Each actor that is ever there in the column of its main layer."""
    is_drawn = np.isin(layers, [column.position for column in columns])
    is_drawn &= np.isin(np.arange(len(layers)), np.concatenate([one.actors for one in standings]))
    ties = np.concatenate([ties for one in standings for ties in (one.ties, one.undated)])
    ties = _each_once(ties[is_drawn[ties].all(axis=1)], len(layers))
    rows = _rows(np.flatnonzero(is_drawn), ties, layers, columns)
    longest, unit = max(map(len, rows), default=0), 1
    while longest > MOST_MARKS * unit:
        unit *= 10
    depth = max(-(-longest // unit), 1)
    marks = np.full(len(layers), _NOT_DRAWN)
    for rank, column in enumerate(rows):
        marks[column] = depth * rank + np.arange(len(column)) // unit
    pitch = min(WIDEST, (LAST_ROW - FIRST_ROW) / max(depth - 1, 1))
    return _Board(marks, depth * len(columns), depth, pitch, unit, width=WIDTH / max(len(columns), 1))


def _each_once(ties: np.ndarray, size: int) -> np.ndarray:
    """The ties of actors below `size`, without repetition, in order."""
    numbers = np.unique(ties[:, 0] * size + ties[:, 1])
    return np.column_stack(np.divmod(numbers, max(size, 1)))


def _rows(
    actors: np.ndarray, ties: np.ndarray, layers: np.ndarray, columns: Sequence[Column]
) -> list[np.ndarray]:
    """The actors of each column from top to bottom: with few crossings, of very many ties those with the most first."""
    if len(ties) > MOST_UNTANGLED:
        degrees = np.bincount(ties.ravel(), minlength=len(layers))[actors]
        by_degree = actors[np.argsort(-degrees, kind="stable")]
        return [by_degree[layers[by_degree] == column.position] for column in columns]
    nodes = [Node(actor, "", positions=(int(layers[actor]),)) for actor in actors.tolist()]
    layered = layering(nodes, [Edge(one, other, "tie") for one, other in ties.tolist()], columns)
    order = ordered(layered.columns, layered.links, layered.sides)
    return [
        np.array([layered.keys[item] for item in column if not layered.is_slot(item)], np.int64)
        for column in order[1:]
    ]


def _heads(columns: Sequence[Column], width: float) -> list[Head]:
    heads = []
    for rank, column in enumerate(columns):
        y = FIRST_HEAD + STEP_UP * (len(columns) - 1 - rank)
        heads.append(Head(column.position, width * rank + 0.5, y, width - 1, HEIGHT - y))
    return heads


def _panel(standing: NetworkYear, board: _Board, columns: Sequence[Column]) -> Panel:
    dated, undated = _lines(standing.ties, board), _lines(standing.undated, board)
    every = np.concatenate([dated, undated])
    lines, first, numbers = np.unique(every, return_index=True, return_counts=True)
    strongest = np.lexsort((first, -numbers))[:MOST_LINES]  # of equals what stands first
    is_dated, is_kept = first < len(dated), np.isin(np.arange(len(lines)), strongest)
    ends = np.concatenate([standing.ties, standing.undated])
    return Panel(
        label=standing.label,
        dated=_path(lines[is_kept & is_dated], board),
        undated=_path(lines[is_kept & ~is_dated], board),
        marks=tuple(_marks(np.unique(board.marks[standing.actors]), board.marks[ends], board, columns)),
        left_out=len(lines) - len(strongest),
    )


def _marks(marks: np.ndarray, tied: np.ndarray, board: _Board, columns: Sequence[Column]) -> Iterator[Marks]:
    radius, is_alone = round(min(RADIUS, board.pitch * 0.45), 1), ~np.isin(marks, tied)
    for rank, column in enumerate(columns):
        for alone in (False, True):
            chosen = marks[(board.rank(marks) == rank) & (is_alone == alone)]
            if len(chosen):
                dots = "".join(dot(place, radius) for place in board.places(chosen))
                yield Marks(column.position, alone, dots)


def _lines(ties: np.ndarray, board: _Board) -> np.ndarray:
    """The line from mark to mark of each tie as one number, the lower mark first; within one mark there is none."""
    first, last = np.sort(board.marks[ties], axis=1).T
    is_line = (first != _NOT_DRAWN) & (first != last)
    return (first * board.size + last)[is_line]


def _path(lines: np.ndarray, board: _Board) -> str:
    ends = map(board.places, np.divmod(lines, board.size))
    return "".join(_line(*one, *other) for one, other in zip(*ends, strict=True))


def _line(x1: float, y1: float, x2: float, y2: float) -> str:
    """From column to column a curve; within a column a bow to the right, the wider the farther."""
    bend = (x1 + x2) / 2 if x1 != x2 else x1 + 8 + 0.12 * abs(y2 - y1)
    bends = f"C{number(bend)} {number(y1)} {number(bend)} {number(y2)} {number(x2)} {number(y2)}"
    return f"M{number(x1)} {number(y1)}{bends}"
