"""The use of the API day by day as columns, computed here and written as SVG by a template."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from clusterportal.partners.domain.usage import Day

WIDTH, HEIGHT = 640, 150  # of the plane between the axes
LEFT, TOP, BELOW = 92, 16, 32  # room for what is written beside it
_SHARE = 0.75  # of the width of a day that its column takes


@dataclass(frozen=True)
class Block:
    """A part of a column: what it counts (a field of `Day`), and where it stands."""

    kind: str
    x: str
    y: str
    height: str


@dataclass(frozen=True)
class Chart:
    """Everything in the units of the drawing; numbers as text, because languages write them differently."""

    view_box: str
    column_width: str
    blocks: list[Block]
    marks: list[tuple[str, int]]  # height and number of the lines across
    left: str
    right: str
    below: str
    first: date
    last: date


def chart_of(days: Sequence[Day]) -> Chart:
    """Columns of at least one day, their parts on top of each other."""
    step, top = WIDTH / len(days), _round_number_above(max(day.total for day in days))
    blocks = []
    for place, day in enumerate(days):
        below = 0
        for kind in ("keyed", "others", "refused"):
            if number := getattr(day, kind):
                x = LEFT + step * (place + (1 - _SHARE) / 2)
                y = _height(below + number, top)
                blocks.append(Block(kind, f"{x:.2f}", f"{y:.2f}", f"{_height(below, top) - y:.2f}"))
                below += number
    return Chart(
        view_box=f"0 0 {LEFT + WIDTH + 12} {TOP + HEIGHT + BELOW}",
        column_width=f"{step * _SHARE:.2f}",
        blocks=blocks,
        marks=[(f"{_height(number, top):.1f}", number) for number in (0, top // 2, top)],
        left=str(LEFT),
        right=str(LEFT + WIDTH),
        below=str(TOP + HEIGHT + BELOW - 8),
        first=days[0].day,
        last=days[-1].day,
    )


def _round_number_above(number: int) -> int:
    """The next of 10, 20, 40, 60, 100, 200 ..., so that half of it is a whole number too."""
    size = 10
    while True:
        for factor in (1, 2, 4, 6):
            if number <= factor * size:
                return factor * size
        size *= 10


def _height(number: int, top: int) -> float:
    return TOP + HEIGHT * (top - number) / top
