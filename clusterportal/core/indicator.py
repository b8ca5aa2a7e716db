"""One figure of cluster management: a value, or the reason why there is none."""

import math
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

MINUS = "−"  # before figures that people read, as wide as their plus; data have the hyphen
_NOUGHT = re.compile("[^1-9]*")


class Reason(models.TextChoices):
    """Why an indicator has no value. "Nothing recorded" is never nought."""

    NOT_RECORDED = "not_recorded", _("not recorded")
    TOO_FEW = "too_few", _("too few actors")
    NO_RELATIONS = "no_relations", _("no relations")
    NOT_DEFINED = "not_defined", _("not defined here")
    HIDDEN = "hidden", _("not released")


def is_year(unit: str) -> bool:
    """Whether a value of this unit, in the active language, is the number of a year: "2024", never "2.024"."""
    return unit == gettext("Year")


def with_minus(figure: str) -> str:
    """A rounded figure in digits, with the minus that people read; none before what rounds to nought."""
    return figure.replace("-", "" if _NOUGHT.fullmatch(figure) else MINUS)


@dataclass(frozen=True)
class Indicator:
    """A figure with everything that makes it possible to check it.

    `value` is None exactly where `reason` says why; it is never nan. `actors` is how many actors the figure stands on.
    `method` names the method on the cluster's monitor (the anchor `m-<method>`), `records` is the path to what is
    behind the figure, empty where no list shows it.
    """

    code: str
    label: str
    unit: str
    as_of: date
    method: str
    value: int | float | Decimal | None = None
    reason: Reason | None = None
    actors: int | None = None
    records: str = ""

    def __post_init__(self):
        if (self.value is None) == (self.reason is None):
            raise ValueError(f"{self.code}: either a value or the reason why there is none")
        if isinstance(self.value, float) and not math.isfinite(self.value):
            raise ValueError(f"{self.code}: {self.value} is no value")
