"""An indicator in words and digits, as a page writes it."""

from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from django.utils.formats import number_format

from clusterportal.core.indicator import Indicator, is_year, with_minus

_MOST_PLACES = 6
# As the criterion of the same share says it: 49.6 per cent must not read as 50 and "not fulfilled".
_ROUNDED_DOWN = frozenset({"companies_share"})


def digits_of(value: int | float | Decimal, unit: str = "", *, rounding: str = ROUND_HALF_UP) -> str:
    """`value` as people read it in the active language: whole numbers whole, others as exact as they matter.

    Rounded half up, as commerce does; `number_format` itself would cut. What is not nought does not read as nought, and
    a year is written as one.
    """
    if value == int(value):
        whole = str(int(value)) if is_year(unit) else number_format(int(value), force_grouping=True)
        return with_minus(whole)
    size = abs(float(value))
    places = max(2 - (size >= 10) - (size >= 100) - (unit == "%"), 0)
    while not (exact := Decimal(str(value)).quantize(Decimal(1).scaleb(-places), rounding)):
        if places == _MOST_PLACES:
            break
        places += 1
    return with_minus(number_format(exact, decimal_pos=places, force_grouping=True))


def digits(indicator: Indicator, value: int | float | Decimal) -> str:
    """A value of the indicator, of whatever day."""
    rounding = ROUND_FLOOR if indicator.code in _ROUNDED_DOWN else ROUND_HALF_UP
    return digits_of(value, indicator.unit, rounding=rounding)


def said(indicator: Indicator) -> str:
    """The value with its unit, or why there is none."""
    if indicator.value is None:
        return str(indicator.reason.label) if indicator.reason else ""
    unit = "" if is_year(indicator.unit) else indicator.unit
    return " ".join(filter(None, [digits(indicator, indicator.value), unit]))
