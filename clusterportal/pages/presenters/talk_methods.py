"""How the figures of matchmaking come about, for the foot of a cluster's monitor."""

from datetime import date

from django.utils.translation import gettext as _

from clusterportal.clusters.models import Cluster
from clusterportal.matchmaking.domain.indicators import METHOD
from clusterportal.matchmaking.domain.reporting import report_of_year
from clusterportal.pages.presenters.methods import Method


def talk_methods(cluster: Cluster, *, today: date) -> list[Method]:
    """The one method of events, participations, talks and projects started, with today's numbers."""
    report = report_of_year(cluster, as_of=today)
    text = _(
        "Matchmakings and company visits of the last twelve months, without documented examples: %(events)s. "
        "Participations are organisations that confirmed and did not withdraw (%(participations)s), talks those "
        "recorded as held (%(talks)s), projects the talks with a day on which a cooperation started (%(projects)s). "
        "A number that was counted elsewhere takes the place of the count of its event."
    )
    numbers = {
        "events": report.events,
        "participations": report.participations,
        "talks": report.talks,
        "projects": report.projects,
    }
    return [Method(METHOD, _("Matchmaking"), text % numbers)]
