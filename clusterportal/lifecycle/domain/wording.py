"""Figures as people read them, rounded for the eye alone."""

from django.utils.formats import number_format

from clusterportal.core.indicator import Reason, with_minus
from clusterportal.lifecycle.enums import COUNTS, PERCENT, Figure


def rounded(value: float, digits: int) -> str:
    """The number in the active language; Django's own function cuts digits off instead of rounding."""
    return with_minus(number_format(round(value, digits), digits, force_grouping=True))


def said(value: float | Reason, figure: Figure) -> str:
    """A measured value with two digits, a count and per cent with none, or why there is none."""
    if isinstance(value, Reason):
        return str(value.label)
    if figure in PERCENT:
        return f"{rounded(value, 0)}\u00a0%"
    return rounded(value, 0 if figure in COUNTS else 2)
