"""What the budget asks of a cluster's management."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from clusterportal.clusters.agenda import AgendaKind, AgendaLine
from clusterportal.clusters.models import Cluster
from clusterportal.finance.domain.balance import Door, Level, Notice, notices
from clusterportal.finance.domain.years import path_of, years_of
from clusterportal.finance.models import Budget

_PLAN_FROM_MONTH = 10  # budgets of the next year are decided in its last quarter
_MOST_LINES = 7


def agenda_of(cluster: Cluster, *, today: date) -> list[AgendaLine]:
    """A budget to plan, years to book, and what is out of balance; at most four queries."""
    years = years_of(cluster)
    if not years:
        return []  # a cluster that keeps no budget here is not told so each day
    budgets = dict(Budget.objects.filter(cluster=cluster).values_list("year", "pk"))
    examples = {year.year for year in years if year.is_example}
    lines = [*_to_plan(cluster, budgets, today)]
    for notice in notices(years, path_of(cluster), today=today):
        if notice.level is not Level.WELL:
            lines.append(_line(cluster, notice, budgets, is_example=notice.year in examples))
    if (left := len(lines) - _MOST_LINES) > 0:
        what = ngettext("%(count)s further notice", "%(count)s further notices", left) % {"count": left}
        url = f"{reverse('admin:finance_budget_changelist')}?cluster__id__exact={cluster.pk}"
        lines[_MOST_LINES:] = [lines[_MOST_LINES].for_the_rest(what, left, url=url)]
    return lines


def _to_plan(cluster: Cluster, budgets: dict[int, int], today: date) -> list[AgendaLine]:
    following = today.year + 1
    if today.month < _PLAN_FROM_MONTH or following in budgets:
        return []
    return [
        AgendaLine(
            kind=AgendaKind.DECISION,
            what=_("Plan the budget of %(year)s") % {"year": following},
            why=_("No plan is recorded for it yet."),
            verb=pgettext("verb", "plan"),
            url=_add_page(cluster, following),
            due=date(today.year, 12, 31),
        )
    ]


def _line(cluster: Cluster, notice: Notice, budgets: dict[int, int], *, is_example: bool) -> AgendaLine:
    if notice.year in budgets:
        url = reverse("admin:finance_budget_change", args=[budgets[notice.year]])
    else:
        url = _add_page(cluster, notice.year)
    verb = pgettext("verb", "add") if notice.door is Door.PLAN else pgettext("verb", "look")
    return AgendaLine(AgendaKind.MONEY, notice.title, notice.why, verb, url, is_example=is_example)


def _add_page(cluster: Cluster, year: int) -> str:
    return f"{reverse('admin:finance_budget_add')}?cluster={cluster.pk}&year={year}"
