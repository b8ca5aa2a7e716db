"""An indicator in words and digits, as a page writes it."""

from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import number_format

from clusterportal.core.indicator import Indicator


def digits_of(value: int | float | Decimal, unit: str = "") -> str:
    """`value` as people read it in the active language: whole numbers whole, others as exact as they matter.

    Rounded half up, as commerce does; `number_format` itself would cut.
    """
    if value == int(value):
        return number_format(int(value), force_grouping=True)
    size = abs(float(value))
    places = max(2 - (size >= 10) - (size >= 100) - (unit == "%"), 0)
    exact = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return number_format(exact, decimal_pos=places, force_grouping=True)


def said(indicator: Indicator) -> str:
    """The value with its unit, or why there is none."""
    if indicator.value is None:
        return str(indicator.reason.label) if indicator.reason else ""
    return " ".join(filter(None, [digits_of(indicator.value, indicator.unit), indicator.unit]))
