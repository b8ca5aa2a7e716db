"""How active a cluster is, as criteria count it."""

from datetime import date

from clusterportal.clusters.models import Cluster


def activities_in_year(cluster: Cluster, *, as_of: date) -> int | None:
    """Events of the cluster in the twelve months before `as_of`; None where nobody records events."""
    return None  # The registry keeps no events yet.
