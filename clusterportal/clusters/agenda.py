"""What a room asks of a cluster's management: lines of the cockpit, each of which leads to the act."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

MOST_GAPS = 24  # lines about gaps, of plans as of the matrix, from which the former are taken out
WORKDAYS = 5


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
        """In place of this line, the first that is left over, one for it and all after it: `count`, found at `url`.

        A date stands on its day, the first of those left over; elsewhere none of their days is that of all.
        """
        due = self.due if self.kind == AgendaKind.DATE else None
        why, verb = gettext("All are in the list."), gettext("See all")
        return replace(self, what=what, why=why, verb=verb, url=url, due=due, is_example=False, count=count)


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
    lines = [line(one) for one in records[: most + 1]]
    if len(lines) > most:
        left = records.count() - most
        lines[most] = lines[most].for_the_rest(rest(left), left, url=url)
    return lines


def monday_of(today: date) -> date:
    """The Monday of the working week that is shown: on a weekend that of the next one."""
    monday = today - timedelta(days=today.weekday())
    return monday if today.weekday() < WORKDAYS else monday + timedelta(days=7)


def end_of_week(today: date) -> date:
    """The last day of that week, a Sunday: dates after it wait for the next one."""
    return monday_of(today) + timedelta(days=6)
