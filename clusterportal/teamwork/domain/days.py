"""How complete clusters are, day by day: counted every night, because the past cannot be counted later."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import Count, Q

from actors.domain.completeness import complete_condition
from actors.models import Actor, Membership
from clusterportal.clusters.models import Cluster
from clusterportal.core.publication import PublicationState, is_published
from clusterportal.teamwork.models import ClusterDay

KEPT_FOR = timedelta(days=3 * 366)
_COUNTS = ("published", "drafts", "complete")


def counted(*, day: date, clusters: Collection[Cluster]) -> list[ClusterDay]:
    """The counts of this moment as the state of `day`, unsaved, of each cluster; one query."""
    published = is_published("actor")
    at_work = Q(actor__state__in=[PublicationState.DRAFT, PublicationState.IN_REVIEW])
    complete = Q(actor__in=Actor.objects.published().filter(complete_condition()).values("pk"))
    counts = (
        Membership.objects.filter(cluster__in=clusters)
        .order_by()
        .values("cluster")
        .annotate(
            published=Count("actor", filter=published, distinct=True),
            drafts=Count("actor", filter=at_work, distinct=True),
            complete=Count("actor", filter=complete, distinct=True),
        )
    )
    found = {cluster: rest for cluster, *rest in counts.values_list("cluster", *_COUNTS)}
    return [
        ClusterDay(cluster=one, day=day, **dict(zip(_COUNTS, found.get(one.pk, (0, 0, 0)), strict=True)))
        for one in clusters
    ]


def keep_day(*, day: date) -> int:
    """Store the counts of this moment as the state of `day`, again if need be; returns how many clusters."""
    kept = ClusterDay.objects.bulk_create(
        counted(day=day, clusters=list(Cluster.objects.all())),
        update_conflicts=True,
        unique_fields=["cluster", "day"],
        update_fields=["published", "drafts", "complete"],
    )
    ClusterDay.objects.filter(day__lt=day - KEPT_FOR).delete()
    return len(kept)
