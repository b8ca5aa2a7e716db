"""Actions over time: one lane for each, on one scale of months. Unit: px.

A lane is 720 x 34, so that a month takes 720 / months. The scale begins with the year of the first action and ends with
the year of the last, 12 to 120 months; without any start it counts months from an open beginning.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from clusterportal.core.calendar_days import MONTHS_A_YEAR
from clusterportal.plans.domain.timing import months_between
from clusterportal.plans.models import Action

WIDTH, HEIGHT = 720, 34
SHORTEST_SCALE, LONGEST_SCALE = 12, 120  # months of a scale
_BAR_TOP, _BAR_HEIGHT, _MIDDLE, _DIAMOND = 11, 12, 17, 10


@dataclass(frozen=True)
class Axis:
    """The scale of all lanes. `first` is its first day, None where no action has a start."""

    first: date | None
    months: int

    @property
    def unit(self) -> float:
        """Pixels a month."""
        return WIDTH / self.months

    @property
    def years(self) -> list[int]:
        """The years of the scale, or the number of each twelve months where no action has a start."""
        begin = self.first.year if self.first else 1
        return list(range(begin, begin + self.months // MONTHS_A_YEAR))

    @property
    def grid(self) -> str:
        """A line where each year begins; the first one stands inside the lane."""
        step = self.unit * MONTHS_A_YEAR
        return "".join(
            f"M{max(round(number * step, 1), 1):g} 0V{HEIGHT}" for number in range(len(self.years))
        )

    def place(self, day: date) -> float | None:
        """Where a day lies; None beyond the scale."""
        if self.first is None:
            return None
        x = months_between(self.first, day) * self.unit
        return round(x, 1) if 0 <= x <= WIDTH else None


@dataclass(frozen=True)
class Diamond:
    path: str
    is_reached: bool


@dataclass(frozen=True)
class Lane:
    """One action: its bar from `x`, `width` wide; `layer` is 1 to 5, or 0 for ink.

    Of an undated bar only the length says anything.
    """

    grid: str
    x: float
    width: float
    layer: int
    is_dated: bool
    diamonds: tuple[Diamond, ...]
    today: float | None
    top: int = _BAR_TOP
    thickness: int = _BAR_HEIGHT
    total_width: int = WIDTH
    height: int = HEIGHT


def axis_of(actions: Sequence[Action]) -> Axis:
    """The scale on which all these actions are drawn; at most 120 months of them."""
    dated = [(action.starts_on, action.horizon_months) for action in actions if action.starts_on]
    if not dated:
        longest = max((action.horizon_months for action in actions), default=SHORTEST_SCALE)
        return Axis(None, _whole_years(longest))
    first = date(min(start for start, _months in dated).year, 1, 1)
    return Axis(first, _whole_years(max(months_between(first, start) + months for start, months in dated)))


def lane_of(action: Action, axis: Axis, *, today: date) -> Lane | None:
    """The lane of an action; None where others have a start and this one has none: it has no place on the scale."""
    if action.starts_on is None and axis.first is not None:
        return None
    begin = months_between(axis.first, action.starts_on) if axis.first and action.starts_on else 0
    x = min(round(begin * axis.unit, 1), WIDTH)
    return Lane(
        grid=axis.grid,
        x=x,
        width=round(min(action.horizon_months * axis.unit, WIDTH - x), 1),
        layer=action.carrying_layer.position if action.carrying_layer else 0,
        is_dated=action.starts_on is not None,
        diamonds=tuple(_diamonds(action, axis, today)),
        today=axis.place(today),
    )


def _diamonds(action: Action, axis: Axis, today: date):
    for milestone in action.milestones.all():
        if (x := axis.place(milestone.due_on)) is not None:
            d = _DIAMOND
            path = f"M{x:g} {_MIDDLE - d}l{d} {d}l-{d} {d}l-{d} -{d}z"
            yield Diamond(path, milestone.reached_on is not None and milestone.reached_on <= today)


def _whole_years(months: float) -> int:
    """So many months rounded up to whole years, 12 to 120."""
    years = -int(-months // MONTHS_A_YEAR)
    return min(max(years * MONTHS_A_YEAR, SHORTEST_SCALE), LONGEST_SCALE)
