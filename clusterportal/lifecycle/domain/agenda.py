"""What the life cycle asks of the management of a cluster."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clusterportal.clusters.agenda import AgendaKind, AgendaLine
from clusterportal.clusters.models import Cluster
from clusterportal.lifecycle.domain.assessing import stage_today

MOST_DAYS = 365  # after which an assessment is to be looked at again


def agenda_of(cluster: Cluster, *, today: date) -> list[AgendaLine]:
    """One line where the stage of the cluster is not assessed, or not within a year; one query."""
    latest = stage_today(cluster)
    if latest and latest.assessed_on and latest.assessed_on > today - timedelta(days=MOST_DAYS):
        return []
    if latest is None:
        why = _("Nobody has assessed the stage yet.")
    elif latest.assessed_on is None:
        why = _("Assessed as “%(stage)s”, nobody knows when.") % {"stage": latest.get_stage_display()}
    else:
        why = _("Assessed as “%(stage)s” on %(day)s, more than a year ago.") % {
            "stage": latest.get_stage_display(),
            "day": date_format(latest.assessed_on, "SHORT_DATE_FORMAT"),
        }
    url = f"{reverse('admin:lifecycle_assessment_add')}?cluster={cluster.pk}"
    return [AgendaLine(AgendaKind.STALE, _("Stage in the life cycle"), why, _("assess"), url)]
