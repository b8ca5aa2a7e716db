"""Two pictures of a cluster's life with the same numerals: the measured plane, and the curve of the textbook. Unit: px.

Stages after Menzel and Fornahl, "Cluster life cycles", Industrial and Corporate Change 19(1), 2010. Where they lie in
the plane is schematic: the literature names no numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, dist, floor

from clusterportal.lifecycle.domain.wording import rounded

LEFT, RIGHT, TOP, BOTTOM = 40, 430, 12, 348
_X, _Y = (0.5, 0.9), (0.0, 2.0)  # what the axes show at least
_X_STEP, _Y_STEP = 0.1, 0.5
_MOST_TICKS = 8
_LABELS = 8  # years that are all named; of more every second one, the last always
_CROWDED = 20  # px to the next point, below which a year has no room for its name

STAGES = ((113, 308), (396, 188), (235, 41), (74, 109), (113, 193))  # 1 to 5 in the plane
LOOP = "M113 308C160 288 376 233 396 188C416 144 289 54 235 41C181 27 94 84 74 109C54 135 107 179 113 193"
_CURVE_STOPS = ((40, 322), (116, 210), (192, 108), (268, 348), (344, 348))  # the last two wait on the axis
_CURVE_NOW = (*_CURVE_STOPS[:3], (269, 178), (344, 34))  # the way down, and renewal


@dataclass(frozen=True)
class Dot:
    """A measured point. `label` is empty where it is not named; `kind`: live (today), pt (measured), ring (example)."""

    x: float
    y: float
    kind: str
    label: str
    label_x: float
    anchor: str

    @property
    def label_y(self) -> float:
        return self.y + 6


@dataclass(frozen=True)
class Plane:
    """`ticks`: places in px with the number that stands there; `stages`: x, y and numeral, which stands 5 px lower."""

    x_ticks: list[tuple[float, str]]
    y_ticks: list[tuple[float, str]]
    stages: list[tuple[float, float, int]]
    path: str
    dots: list[Dot]
    loop: str = LOOP


@dataclass(frozen=True)
class Curve:
    """`rings`: the stages but the one of today; `now`: x, y and numeral of that one, None where it is not assessed."""

    rings: list[tuple[float, float, int]]
    now: tuple[float, float, int] | None


def plane(points: Sequence[tuple[str, tuple[float, float], str]]) -> Plane:
    """The plane with points of (label, (heterogeneity, interaction), kind), the oldest first.

    The axes widen to the next step that holds all points; their ticks never crowd.
    """
    places = [place for _label, place, _kind in points]
    x_axis = _axis([x for x, _ in places], _X, _X_STEP)
    y_axis = _axis([y for _, y in places], _Y, _Y_STEP)
    last = len(points) - 1
    spots = [(_scaled(x, x_axis, LEFT, RIGHT), _scaled(y, y_axis, BOTTOM, TOP)) for x, y in places]
    dots = []
    for number, ((label, _place, kind), spot) in enumerate(zip(points, spots, strict=True)):
        is_named = number == last or (
            dist(spot, spots[number + 1]) >= _CROWDED and (last < _LABELS or (last - number) % 2 == 0)
        )
        dots.append(_dot(*spot, kind, label if is_named else "", is_last=number == last))
    return Plane(
        x_ticks=[(_scaled(tick, x_axis, LEFT, RIGHT), rounded(tick, 1)) for tick in _ticks(x_axis, _X_STEP)],
        y_ticks=[(_scaled(tick, y_axis, BOTTOM, TOP), rounded(tick, 1)) for tick in _ticks(y_axis, _Y_STEP)],
        stages=[(x, y, number) for number, (x, y) in enumerate(STAGES, start=1)],
        path="M" + "L".join(f"{dot.x} {dot.y}" for dot in dots) if len(dots) > 1 else "",
        dots=dots,
    )


def curve(stage: int | None) -> Curve:
    """The textbook's curve with today's stage, 1 to 5, or with none."""
    rings: list[tuple[float, float, int]] = [
        (x, y, number) for number, (x, y) in enumerate(_CURVE_STOPS, start=1) if number != stage
    ]
    return Curve(rings, (*_CURVE_NOW[stage - 1], stage) if stage else None)


def _axis(values: list[float], least: tuple[float, float], step: float) -> tuple[float, float]:
    """Ends of the axis: at least `least`, otherwise the next step outwards."""
    low, high = min([least[0], *values]), max([least[1], *values])
    return round(floor(low / step + 1e-9) * step, 6), round(ceil(high / step - 1e-9) * step, 6)


def _ticks(axis: tuple[float, float], step: float) -> list[float]:
    count = round((axis[1] - axis[0]) / step)
    every = ceil(count / _MOST_TICKS)
    return [round(axis[0] + number * step, 6) for number in range(0, count + 1, every)]


def _scaled(value: float, axis: tuple[float, float], start: float, end: float) -> float:
    return round(start + (value - axis[0]) / (axis[1] - axis[0]) * (end - start), 1)


def _dot(x: float, y: float, kind: str, label: str, *, is_last: bool) -> Dot:
    """Names stand at the right; the last one at the left, so that both ends of the path are free of each other."""
    is_left = x > RIGHT - 50 or (is_last and x > LEFT + 70)
    away = 16 if is_last else 12
    return Dot(x, y, kind, label, round(x - away if is_left else x + away, 1), "end" if is_left else "start")
