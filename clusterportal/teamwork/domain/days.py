"""How complete clusters are, day by day: counted every night, because the past cannot be counted later."""

from datetime import date, timedelta

from django.db.models import Count, Q

from actors.domain.completeness import complete_condition
from actors.models import Actor, Membership
from clusterportal.clusters.models import Cluster
from clusterportal.core.publication import PublicationState
from clusterportal.teamwork.models import ClusterDay

KEPT_FOR = timedelta(days=3 * 366)


def counted(*, day: date, clusters=None) -> list[ClusterDay]:
    """The counts of this moment as the state of `day`, unsaved; of the given clusters or all, in two queries."""
    wanted = Cluster.objects.all() if clusters is None else clusters
    published = Q(actor__state=PublicationState.PUBLISHED)
    at_work = Q(actor__state__in=[PublicationState.DRAFT, PublicationState.IN_REVIEW])
    members = Membership.objects.filter(cluster__in=wanted)
    complete = Q(actor__in=Actor.objects.filter(complete_condition()).values("pk"))
    counts = (
        members.order_by()
        .values_list("cluster")
        .annotate(
            Count("actor", filter=published, distinct=True),
            Count("actor", filter=at_work, distinct=True),
            Count("actor", filter=published & complete, distinct=True),
        )
    )
    by_cluster = {cluster: rest for cluster, *rest in counts}
    return [
        ClusterDay(cluster=one, day=day, published=found[0], drafts=found[1], complete=found[2])
        for one in wanted
        for found in [by_cluster.get(one.pk, (0, 0, 0))]
    ]


def keep_day(*, day: date) -> int:
    """Store the counts of this moment as the state of `day`, again if need be; returns how many clusters."""
    found = ClusterDay.objects.bulk_create(
        counted(day=day),
        update_conflicts=True,
        unique_fields=["cluster", "day"],
        update_fields=["published", "drafts", "complete"],
    )
    ClusterDay.objects.filter(day__lt=day - KEPT_FOR).delete()
    return len(found)
