"""How active a cluster is, as criteria count it."""

from datetime import date

from django.db.models import Count, Q

from clusterportal.clusters.models import Cluster
from clusterportal.matchmaking.domain.reporting import held, year_of


def activities_in_year(cluster: Cluster, *, as_of: date) -> int | None:
    """Events of the cluster in the twelve months before `as_of`; None where none was ever held. One query.

    Examples do not count: they show what the portal can do, not what the cluster did.
    """
    in_year = Q(pk__in=year_of(cluster, as_of=as_of).values("pk"))
    counts = held(cluster, as_of=as_of).aggregate(ever=Count("pk"), in_year=Count("pk", filter=in_year))
    return counts["in_year"] if counts["ever"] else None
