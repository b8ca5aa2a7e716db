"""The actors of a success story on the stair of the five layers: a pill spans exactly its layers. Unit: px.

Every pill has a row of its own, so that nothing lies over another one and the row right of a pill is free for the
name of the relation that leaves it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .lettering import filled, fitted
from .shapes import Edge, Flag, Key

LAYERS = 5
WIDTH, COLUMN = 1216, 243.2
PILL, RISE = 58, 84  # height of a pill; from one row to the next
TOP = 29  # of the highest tread
INSET = 12  # between a pill and the edge of its layer
_STEP = 18  # between lines that leave the same pill
_FOOT = 136  # below the lowest pill: number and name of each layer


@dataclass(frozen=True)
class Climber:
    """An actor of the story."""

    key: Key
    name: str
    line: str
    url: str
    positions: tuple[int, ...]


@dataclass(frozen=True)
class ClimbPill:
    """A run of layers that follow each other; `actor` is None where a layer has nobody: the gap."""

    x: float
    y: float
    width: float
    actor: Climber | None
    flags: tuple[Flag, ...] = ()

    @property
    def text_x(self) -> float:
        return round(self.x + 20 + 9 * len(self.flags), 1) if self.flags else round(self.x + 14, 1)

    @property
    def name(self) -> str:
        return fitted(self.actor.name, self.x + self.width - self.text_x - 12, 16) if self.actor else ""

    @property
    def line(self) -> str:
        return fitted(self.actor.line, self.x + self.width - self.text_x - 12, 13.5) if self.actor else ""

    @property
    def name_y(self) -> float:
        return self.y + 25

    @property
    def line_y(self) -> float:
        return self.y + 44


@dataclass(frozen=True)
class Tread:
    """A layer as a step."""

    position: int
    x: float
    y: float
    height: float
    lines: tuple[str, ...]
    is_bare: bool

    @property
    def edge(self) -> float:
        """Height of the middle of the stroke that is the step."""
        return self.y + 3

    @property
    def text_x(self) -> float:
        return round(self.x + 16, 1)


@dataclass(frozen=True)
class Elbow:
    """A relation; its caption stands in the free row right of the pill it leaves, where there is room."""

    kind: str
    path: str
    arrow: str
    key: int  # in the order of the edges
    caption: tuple[float, float] | None  # where it begins


@dataclass(frozen=True)
class Climb:
    height: float
    width: int
    column: float
    treads: tuple[Tread, ...]
    pills: tuple[ClimbPill, ...]
    elbows: tuple[Elbow, ...]
    foot: float  # baseline of the numbers

    @property
    def names_y(self) -> float:
        return self.foot + 24


def climb(climbers: Sequence[Climber], edges: Iterable[Edge], names: Sequence[str]) -> Climb:
    """`names` are those of the five layers; edges between actors without a layer are left out."""
    runs = [(climber, run) for climber in climbers for run in _runs(climber.positions)]
    covered = {position for climber in climbers for position in climber.positions}
    starting = [
        [(climber, run) for climber, run in runs if run[0] == position] for position in range(1, LAYERS + 1)
    ]
    levels = [max(len(those), 1) for those in starting]
    tops = [TOP + RISE * sum(levels[position:]) for position in range(1, LAYERS + 1)]
    base = tops[0] + RISE * (levels[0] - 1) + 19 + PILL
    pills: list[ClimbPill] = []
    for position, those in enumerate(starting, start=1):
        top = tops[position - 1]
        for row, (climber, run) in enumerate(those):
            # The first one stands lowest.
            pills.append(_pill(climber, run, top + 19 + RISE * (len(those) - 1 - row)))
        if position not in covered:
            pills.append(_pill(None, (position,), top + 19))
    bottom = base + _FOOT
    return Climb(
        height=bottom,
        width=WIDTH,
        column=COLUMN,
        treads=tuple(
            Tread(
                position,
                round(COLUMN * (position - 1), 1),
                tops[position - 1],
                bottom - tops[position - 1],
                tuple(line.rstrip() for line in filled(name, COLUMN - 28, 13.5, most=2)),
                position not in covered,
            )
            for position, name in enumerate(names, start=1)
        ),
        pills=tuple(pills),
        elbows=tuple(_elbows(pills, edges)),
        foot=base + 72,
    )


def _runs(positions: Iterable[int]) -> list[tuple[int, ...]]:
    """Layers that follow each other: 1, 2, 5 -> (1, 2), (5,)."""
    runs: list[list[int]] = []
    for position in sorted(positions):
        if runs and runs[-1][-1] == position - 1:
            runs[-1].append(position)
        else:
            runs.append([position])
    return [tuple(run) for run in runs]


def _pill(climber: Climber | None, run: Sequence[int], y: float) -> ClimbPill:
    x = round(COLUMN * (run[0] - 1) + INSET, 1)
    flags = tuple(
        Flag(position, round(x + 8 + 9 * place, 1), y + 10, 38)
        for place, position in enumerate(run if climber else ())
    )
    return ClimbPill(x, y, round(COLUMN * len(run) - 2 * INSET, 1), climber, flags)


def _elbows(pills: Sequence[ClimbPill], edges: Iterable[Edge]) -> Iterable[Elbow]:
    """Lines leave the lower of two pills; to the right and up where the upper one reaches further, else straight up."""
    first: dict[Key, ClimbPill] = {}
    for pill in pills:
        if pill.actor:
            first.setdefault(pill.actor.key, pill)
    leaving: dict[Key, int] = {}
    for number, edge in enumerate(edges):
        if edge.source not in first or edge.target not in first:
            continue
        ends = sorted((edge.source, edge.target), key=lambda key: -first[key].y)
        low, high = (first[key] for key in ends)
        order = leaving[ends[0]] = leaving.get(ends[0], -1) + 1
        right, middle, under = low.x + low.width, low.y + PILL / 2, high.y + PILL
        x = max(right, high.x) + 48 + _STEP * order
        is_elbow = x < high.x + high.width - 8
        if not is_elbow:
            x = min(right, high.x + high.width) - 24 - _STEP * order
        rises = edge.is_directed and edge.target == ends[1]
        falls = edge.is_directed and not rises
        end = under + (9 if rises else 0)
        start = f"M{right:.1f} {middle:.1f}H{x:.1f}" if is_elbow else f"M{x:.1f} {low.y:.1f}"
        arrow = ""
        if rises:
            arrow = f"M{x:.1f} {under:.1f}l-5 10h10z"
        elif falls:
            arrow = f"M{right:.1f} {middle:.1f}l10 -5v10z" if is_elbow else f"M{x:.1f} {low.y:.1f}l-5 -10h10z"
        caption = (round(x + 12, 1), middle - 6) if is_elbow and order == 0 and x + 130 < WIDTH else None
        yield Elbow(edge.kind, f"{start}V{end:.1f}", arrow, number, caption)
