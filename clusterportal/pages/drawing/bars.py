"""Bars of plan and actual on one scale, from a line that stands for nought. Unit: px."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

WIDTH, HEIGHT = 160, 16
_NICE = Decimal(10_000)  # scales end at a multiple of it; those of small budgets at a tenth of it


@dataclass(frozen=True)
class Bar:
    """One amount: `start` and `length` of what came in, `plan` is the place of the tick. None: not there."""

    zero: float
    start: float
    length: float | None
    plan: float | None
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True)
class Scale:
    """`low` to `high` over the whole width; `low` is nought where no amount is below it."""

    low: Decimal
    high: Decimal

    def place(self, amount: Decimal) -> float:
        return round(float((amount - self.low) / (self.high - self.low) * WIDTH), 1)


def scale_of(amounts: Iterable[Decimal | None]) -> Scale:
    """One scale for all bars of a table: to the highest amount, rounded up, and down to the lowest below nought."""
    known = [amount for amount in amounts if amount is not None]
    high, low = max([*known, Decimal(0)]), min([*known, Decimal(0)])
    nice = _NICE if max(high, -low) >= _NICE else _NICE / 10
    top = (high / nice).to_integral_value(ROUND_CEILING) * nice
    bottom = (low / nice).to_integral_value(ROUND_FLOOR) * nice
    return Scale(bottom, top if top > bottom else nice)


def bar(plan: Decimal | None, actual: Decimal | None, scale: Scale) -> Bar:
    """The bar of one amount; below nought it lies left of the line."""
    zero = scale.place(Decimal(0))
    mark = None if plan is None else scale.place(plan)
    if actual is None:
        return Bar(zero, zero, None, mark)
    end = scale.place(actual)
    return Bar(zero, min(zero, end), round(abs(end - zero), 1), mark)
