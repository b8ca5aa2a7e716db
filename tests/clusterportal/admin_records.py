"""What the management of a cluster keeps: for each address of the admin one record here and one there."""

from datetime import date

from django.utils import timezone

from clusterportal.clusters.models import Cluster
from clusterportal.matchmaking.models import Event, Programme


def managed_records(clusters: list[Cluster]) -> dict[str, list]:
    """Records by the beginning of their addresses, in the order of the clusters."""
    events = [
        Event.objects.create(cluster=cluster, slug=cluster.slug, title_de="-", day=date(2026, 1, 1))
        for cluster in clusters
    ]
    return {
        "matchmaking_event": events,
        "matchmaking_participation": [
            event.participations.create(organisation="-", confirmed_at=timezone.now()) for event in events
        ],
        "matchmaking_programme": [
            Programme.objects.create(cluster=cluster, slug=cluster.slug, name_de="-") for cluster in clusters
        ],
    }
