"""What a room asks of a cluster's management: lines of the cockpit, each of which leads to the act."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext
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

    def for_the_rest(self, what: str, count: int, *, url: str) -> "AgendaLine":
        """After this line the one that stands for `count` more of its kind, which are found at `url`."""
        why = gettext("All are in the list.")
        return replace(self, what=what, why=why, url=url, is_example=False, count=count)


def lines_of(
    records: models.QuerySet,
    line: Callable[[Any], AgendaLine],
    *,
    most: int,
    rest: Callable[[int], str],
    url: str,
) -> list[AgendaLine]:
    """Lines of the first `most` records, and one for all that are left, of which `rest` says how many.

    One query, two where there are more than `most`.
    """
    lines = [line(one) for one in records[:most]]
    if len(lines) == most and (left := records.count() - most) > 0:
        lines.append(lines[-1].for_the_rest(rest(left), left, url=url))
    return lines
