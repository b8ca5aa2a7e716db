"""The same network in several years, a small panel each: an actor keeps its row, so that a change is seen as one.

Columns are main layers; the rows of all panels follow from everything that was ever tied, ordered by barycentres
(`crossing`). Unit: px.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .crossing import ordered
from .layering import layering
from .paths import number
from .shapes import Column, Edge, Key, Node

__all__ = ["Panel", "Standing", "Years", "network_years"]

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


@dataclass(frozen=True)
class Standing:
    """Who was there in one year, and between whom there was a tie: with a known year, and without one."""

    label: str
    actors: frozenset[Key]
    ties: Sequence[tuple[Key, Key]] = ()
    undated: Sequence[tuple[Key, Key]] = ()


@dataclass(frozen=True)
class Head:
    position: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Mark:
    """An actor, or as many as `Years.unit` says; `is_alone`: without any tie."""

    position: int
    x: float
    y: float
    radius: float
    is_alone: bool


@dataclass(frozen=True)
class Panel:
    """One year: all lines with a known year as one path, those without one as another."""

    label: str
    dated: str
    undated: str
    marks: tuple[Mark, ...]
    left_out: int = 0  # lines


@dataclass(frozen=True)
class Years:
    """The panels from left to right. `unit` actors make one mark; whoever has no layer is not drawn."""

    panels: tuple[Panel, ...]
    heads: tuple[Head, ...]
    unit: int
    width: int = WIDTH
    height: int = HEIGHT


@dataclass
class _Board:
    """Where the marks stand: the same in all panels."""

    place: dict[Key, tuple[int, int]] = field(default_factory=dict)  # rank of the column, number of the mark
    pitch: float = WIDEST
    unit: int = 1
    width: float = WIDTH

    def x(self, mark: tuple[int, int]) -> float:
        return self.width * (mark[0] + 0.5)

    def y(self, mark: tuple[int, int]) -> float:
        return FIRST_ROW + self.pitch * mark[1]


def network_years(
    columns: Sequence[Column], layers: Mapping[Key, int], standings: Sequence[Standing]
) -> Years:
    """The panels of the years. `layers`: the position of the main layer of each actor that has one, in their order."""
    board = _board(columns, layers, standings)
    return Years(
        panels=tuple(_panel(one, board, columns) for one in standings),
        heads=tuple(_heads(columns, board.width)),
        unit=board.unit,
    )


def _board(columns: Sequence[Column], layers: Mapping[Key, int], standings: Sequence[Standing]) -> _Board:
    """Each actor that is ever there in the column of its main layer."""
    ranks = {column.position: rank for rank, column in enumerate(columns)}
    ever = {key for one in standings for key in one.actors}
    keys = [key for key, position in layers.items() if key in ever and position in ranks]
    known = {*keys}
    ties = {pair for one in standings for pair in (*one.ties, *one.undated) if known.issuperset(pair)}
    rows = _rows(keys, sorted(ties), layers, columns)
    longest, unit = max(map(len, rows), default=0), 1
    while longest > MOST_MARKS * unit:
        unit *= 10
    marks = -(-longest // unit)
    return _Board(
        place={
            key: (rank, row // unit) for rank, column in enumerate(rows) for row, key in enumerate(column)
        },
        pitch=min(WIDEST, (LAST_ROW - FIRST_ROW) / max(marks - 1, 1)),
        unit=unit,
        width=WIDTH / max(len(columns), 1),
    )


def _rows(
    keys: Sequence[Key], ties: Sequence[tuple[Key, Key]], layers: Mapping[Key, int], columns: Sequence[Column]
) -> list[list[Key]]:
    """The actors of each column from top to bottom: with few crossings, of very many ties those with the most first."""
    if len(ties) > MOST_UNTANGLED:
        degrees = Counter(key for pair in ties for key in pair)
        by_degree = sorted(keys, key=lambda key: -degrees[key])
        return [[key for key in by_degree if layers[key] == column.position] for column in columns]
    nodes = [Node(key, "", positions=(layers[key],)) for key in keys]
    layered = layering(nodes, [Edge(one, other, "tie") for one, other in ties], columns)
    order = ordered(layered.columns, layered.links, layered.sides)
    return [[layered.keys[item] for item in column if not layered.is_slot(item)] for column in order[1:]]


def _heads(columns: Sequence[Column], width: float) -> list[Head]:
    heads = []
    for rank, column in enumerate(columns):
        y = FIRST_HEAD + STEP_UP * (len(columns) - 1 - rank)
        heads.append(Head(column.position, width * rank + 0.5, y, width - 1, HEIGHT - y))
    return heads


def _panel(standing: Standing, board: _Board, columns: Sequence[Column]) -> Panel:
    dated, undated = _lines(standing.ties, board), _lines(standing.undated, board)
    kept = {line for line, _number in (dated + undated).most_common(MOST_LINES)}
    tied = {
        board.place[key] for pair in (*standing.ties, *standing.undated) for key in pair if key in board.place
    }
    radius = round(min(RADIUS, board.pitch * 0.45), 1)
    marks = sorted({board.place[key] for key in standing.actors if key in board.place})
    return Panel(
        label=standing.label,
        dated="".join(_line(line, board) for line in sorted(dated) if line in kept),
        undated="".join(_line(line, board) for line in sorted(undated) if line in kept and line not in dated),
        marks=tuple(
            Mark(columns[mark[0]].position, board.x(mark), round(board.y(mark), 1), radius, mark not in tied)
            for mark in marks
        ),
        left_out=len(dated | undated) - len(kept),
    )


_Line = tuple[tuple[int, int], tuple[int, int]]


def _lines(ties: Sequence[tuple[Key, Key]], board: _Board) -> Counter[_Line]:
    """How many ties each line from mark to mark stands for; within one mark there is none."""
    lines: Counter[_Line] = Counter()
    for one, other in ties:
        if one in board.place and other in board.place:
            first, last = sorted((board.place[one], board.place[other]))
            if first != last:
                lines[first, last] += 1
    return lines


def _line(line: _Line, board: _Board) -> str:
    """From column to column a curve; within a column a bow to the right, the wider the farther."""
    (x1, y1), (x2, y2) = ((board.x(mark), board.y(mark)) for mark in line)
    bend = (x1 + x2) / 2 if x1 != x2 else x1 + 8 + 0.12 * abs(y2 - y1)
    bends = f"C{number(bend)} {number(y1)} {number(bend)} {number(y2)} {number(x2)} {number(y2)}"
    return f"M{number(x1)} {number(y1)}{bends}"
