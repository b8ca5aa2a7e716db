"""How many published actors each layer, area, topic, cluster and region has, by its slug."""

from collections.abc import Callable

from actors.facets.index_loading import current_index
from clusterportal.clusters.models import Cluster


def by(facet: str) -> Callable[[], dict[str, int]]:
    """The counts of a facet, when they are asked for."""
    return lambda: current_index().counts(facet)


def by_region() -> dict[str, int]:
    """Actors in the published clusters of each region; nobody is counted twice."""
    index = current_index()
    clusters: dict[str, list[str]] = {}
    for cluster, region in Cluster.objects.published().values_list("slug", "region__slug"):
        clusters.setdefault(region, []).append(cluster)
    return {region: int(index.having("cluster", slugs).sum()) for region, slugs in clusters.items()}
