"""How active a cluster is, as criteria count it."""

from datetime import date

from clusterportal.clusters.models import Cluster
from clusterportal.labels.domain.validity import add_months
from clusterportal.matchmaking.models import Event


def activities_in_year(cluster: Cluster, *, as_of: date) -> int | None:
    """Events of the cluster in the twelve months up to `as_of`; None where none was ever recorded. One query.

    Examples do not count: they show what the portal can do, not what the cluster did.
    """
    days = Event.objects.filter(cluster=cluster, is_example=False, day__lte=as_of).values_list(
        "day", flat=True
    )
    recorded = list(days.order_by())
    return sum(day > add_months(as_of, -12) for day in recorded) if recorded else None
