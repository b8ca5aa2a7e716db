"""The region that the portal serves: members of its clusters, and whoever sits in a town where one of these sits."""

from collections.abc import Collection

import numpy as np

from actors.domain.taxonomy import Taxonomy
from actors.facets.index import FacetIndex
from actors.facets.selection import Selection


def in_region(index: FacetIndex, taxonomy: Taxonomy) -> np.ndarray:
    """The mask of the actors of the region; as long as no cluster has a member, everybody's."""
    members = index.having("cluster", [cluster.slug for cluster in taxonomy.clusters])
    if not members.any():
        return index.everybody()
    return members | index.sharing("city", members)


def outside(index: FacetIndex, taxonomy: Taxonomy, keys: Collection[int]) -> set[int]:
    """Those of the published actors `keys` that are not of the region."""
    return set(index.keys[index.among(keys) & ~in_region(index, taxonomy)].tolist())


def divided(selection: Selection, taxonomy: Taxonomy) -> tuple[Selection, Selection]:
    """Those of the selected actors that are of the region, and those outside of it."""
    inside = in_region(selection.index, taxonomy)
    return selection.narrowed("side", inside), selection.narrowed("side", ~inside)
