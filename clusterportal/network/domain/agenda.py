"""What the network asks of a cluster's management."""

from datetime import date, timedelta
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterportal.clusters.agenda import AgendaKind, AgendaLine, lines_of
from clusterportal.clusters.models import Cluster
from clusterportal.core.publication import PublicationState
from clusterportal.network.models import CooperationProject

SOON = timedelta(days=90)
MOST_LINES = 10


def agenda_of(cluster: Cluster, *, today: date) -> list[AgendaLine]:
    """The first projects that end within 90 days, or ended within the last 90, and have no result yet."""
    ending = CooperationProject.objects.filter(cluster=cluster, ends_on__range=(today - SOON, today + SOON))
    ending = ending.exclude(state__in=[PublicationState.REJECTED, PublicationState.ARCHIVED])
    return lines_of(
        ending.without_result().order_by("ends_on", "pk"),
        partial(_line, today=today),
        most=MOST_LINES,
        rest=lambda count: (
            ngettext("%(count)s further project", "%(count)s further projects", count) % {"count": count}
        ),
        url=f"{reverse('admin:network_cooperationproject_changelist')}?cluster__id__exact={cluster.pk}&result=none",
    )


def _line(project: CooperationProject, *, today: date) -> AgendaLine:
    assert project.ends_on
    last_day = project.ends_on - timedelta(days=1)
    return AgendaLine(
        AgendaKind.STALE,
        project.title,
        _("ended without a result") if last_day < today else _("ends soon, without a result"),
        _("add"),
        reverse("admin:network_cooperationproject_change", args=[project.pk]),
        due=last_day,
        is_example=project.is_example,
    )
