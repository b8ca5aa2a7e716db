"""A spark line: the last six values of a figure, on its own scale. Unit: px."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH, HEIGHT = 180, 44
POINTS = 6  # more would touch each other
_LEFT, _RIGHT, _TOP, _BOTTOM = 6, 174, 8, 36
_STEP = (_RIGHT - _LEFT) / (POINTS - 1)

Number = int | float | Decimal


@dataclass(frozen=True)
class Spark:
    """`line` breaks where a period has no value; `dots` are the earlier values, `last` is the newest of all.

    `goal` is the height of the dashed line, None without a goal. `is_first`: there is only this one value.
    """

    line: str
    dots: tuple[tuple[float, float], ...]
    last: tuple[float, float]
    goal: float | None
    is_first: bool
    width: int = WIDTH
    height: int = HEIGHT


def spark(values: Sequence[Number | None], *, goal: Number | None = None) -> Spark | None:
    """The picture of the newest six of `values`, oldest first; None stands for a period without a value.

    The newest period is always at the right. None when no value is there. The scale holds the goal too.
    """
    shown = [None if value is None else float(value) for value in values][-POINTS:]
    known = [value for value in shown if value is not None]
    if not known:
        return None
    aim = None if goal is None else float(goal)
    scale = known if aim is None else [*known, aim]
    low, high = min(scale), max(scale)

    def height(value: float) -> float:
        if high == low:
            return (_TOP + _BOTTOM) / 2
        return round(_BOTTOM - (value - low) / (high - low) * (_BOTTOM - _TOP), 1)

    places = [
        None if value is None else (round(_RIGHT - (len(shown) - 1 - index) * _STEP, 1), height(value))
        for index, value in enumerate(shown)
    ]
    points = [place for place in places if place is not None]
    return Spark(
        line=_path(places),
        dots=tuple(points[:-1]),
        last=points[-1],
        goal=None if aim is None else height(aim),
        is_first=len(points) == 1,
    )


def _path(places: Sequence[tuple[float, float] | None]) -> str:
    """Lines between neighbours that both have a value."""
    parts, is_open = [], False
    for place in places:
        if place is not None:
            parts.append(f"{'L' if is_open else 'M'}{place[0]} {place[1]}")
        is_open = place is not None
    return "".join(parts)
