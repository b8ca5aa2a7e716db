"""Where a cluster weighs more than its region: location quotients of layers and areas, by actors.

Counted are actors, not staff. The region are the published actors that belong to a cluster of the portal or sit in a
town of one (`actors.landscape.region`); it includes the cluster.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from actors.domain.taxonomy import Taxonomy
from actors.facets.index_loading import current_index
from actors.landscape.region import in_region
from applications.models import ApplicationArea
from clusterportal.clusters.models import Cluster
from clusterportal.core.diversity import location_quotient
from clusterportal.core.indicator import Reason
from layers.models import Layer

MIN_FOR_QUOTIENT = 5  # actors of the cluster there: with fewer, one more or less turns the quotient round


@dataclass(frozen=True)
class Weight:
    """A layer or an area: actors there in cluster and region, and the quotient or why there is none."""

    item: Layer | ApplicationArea
    facet: str  # layer or area
    actors: int
    region_actors: int
    quotient: float | Reason


def weights(cluster: Cluster, taxonomy: Taxonomy) -> list[Weight]:
    """The weights of all layers and active areas in a published cluster, from the facet index alone."""
    index = current_index(taxonomy.version)
    region = in_region(index, taxonomy)
    members = index.having("cluster", [cluster.slug])
    whole, region_whole = int(members.sum()), int(region.sum())
    found = []
    facets: tuple[tuple[str, Iterable], ...] = (("layer", taxonomy.layers), ("area", taxonomy.areas))
    for facet, items in facets:
        here, there = index.counts(facet, members), index.counts(facet, region)
        for item in items:
            part, region_part = here.get(item.slug, 0), there.get(item.slug, 0)
            found.append(
                Weight(item, facet, part, region_part, _quotient(part, whole, region_part, region_whole))
            )
    return found


def _quotient(part: int, whole: int, region_part: int, region_whole: int) -> float | Reason:
    if part < MIN_FOR_QUOTIENT:
        return Reason.TOO_FEW if region_part else Reason.NOT_RECORDED
    quotient = location_quotient(part=part, whole=whole, region_part=region_part, region_whole=region_whole)
    return Reason.NOT_DEFINED if quotient is None else quotient
