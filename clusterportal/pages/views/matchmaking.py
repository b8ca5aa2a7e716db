"""The page of a cluster's programmes, events and company visits."""

from django.utils import timezone

from clusterportal.clusters.enums import Section
from clusterportal.core.turns import costly
from clusterportal.pages.presenters.programmes import (
    events_of,
    finding_of_visits,
    programmes_of,
    visits_of,
)
from clusterportal.pages.views.released import ReleasedView


@costly
class MatchmakingView(ReleasedView):
    """Context beside that of the frame: programmes, events, visits, visits_say."""

    template_name = "management/matchmaking.html"
    section = Section.MATCHMAKING
    page = "clusters:matchmaking"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        cluster, today = context["cluster"], timezone.localdate()
        visits = visits_of(cluster)
        return context | {
            "programmes": programmes_of(cluster, today=today),
            "events": events_of(cluster, today=today),
            "visits": visits,
            "visits_say": finding_of_visits(visits) if visits else "",
        }
