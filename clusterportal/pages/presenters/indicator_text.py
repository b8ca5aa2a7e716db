"""An indicator in words and digits, as a page writes it."""

from django.utils.formats import number_format

from clusterportal.core.indicator import Indicator


def digits_of(value, unit: str = "") -> str:
    """`value` as people read it in the active language: whole numbers whole, others as exact as they matter."""
    if isinstance(value, int) or value == int(value):
        return number_format(int(value), force_grouping=True)
    if abs(value) >= 100 or (unit == "%" and abs(value) >= 10):
        return number_format(round(value), force_grouping=True)
    return number_format(value, decimal_pos=1 if unit == "%" or abs(value) >= 10 else 2)


def said(indicator: Indicator) -> str:
    """The value with its unit, or why there is none."""
    if indicator.reason is not None:
        return str(indicator.reason.label)
    return " ".join(filter(None, [digits_of(indicator.value, indicator.unit), indicator.unit]))
