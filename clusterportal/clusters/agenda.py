"""What a room asks of a cluster's management: lines of the cockpit, each of which leads to the act."""

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _


class AgendaKind(models.TextChoices):
    """Where a line stands in the cockpit, in this order."""

    DATE = "date", _("This week")
    DECISION = "decision", _("To decide")
    GAP = "gap", _("Gaps with proposals")
    STALE = "stale", _("Stale or incomplete")
    MONEY = "money", _("Financing")
    LABEL = "label", _("Labels")
    KPI = "kpi", _("Indicators without value")


@dataclass(frozen=True)
class AgendaLine:
    """One thing to do: `what` and `why` in words, until when, and the `verb` of the link that does it.

    `count` is how many things the line stands for: the last line of a long list may stand for all that are left.
    """

    kind: AgendaKind
    what: str
    why: str
    verb: str
    url: str
    due: date | None = None
    is_example: bool = False
    count: int = 1
