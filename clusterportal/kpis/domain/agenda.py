"""What the causal chain asks of a cluster's management."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from clusterportal.clusters.agenda import AgendaKind, AgendaLine
from clusterportal.clusters.models import Cluster
from clusterportal.kpis.domain.board import with_values
from clusterportal.kpis.domain.due import due_of
from clusterportal.kpis.domain.periods import name_of
from clusterportal.kpis.models import Kpi

_MOST_LINES = 7


def agenda_of(cluster: Cluster, *, today: date) -> list[AgendaLine]:
    """Values that are due, the oldest first, and how many more there are; three queries."""
    kpis = with_values(Kpi.objects.kept_by(cluster), today=today)
    due = due_of(kpis, today=today)
    url = f"{reverse('admin:kpis_kpi_enter')}?cluster={cluster.slug}"
    lines = [
        AgendaLine(
            kind=AgendaKind.KPI,
            what=one.kpi.name,
            why=_("No value for %(period)s") % {"period": name_of(one.period, one.kpi.frequency)},
            verb=pgettext("verb", "add"),
            url=f"{url}#kpi-{one.kpi.pk}",
            due=one.due_on,
            is_example=one.kpi.is_example,
        )
        for one in due[:_MOST_LINES]
    ]
    if (rest := len(due) - _MOST_LINES) > 0:
        what = ngettext("%(count)s further value", "%(count)s further values", rest) % {"count": rest}
        verb = pgettext("verb", "add")
        lines.append(AgendaLine(AgendaKind.KPI, what, _("All are on one page."), verb, url, count=rest))
    return lines
