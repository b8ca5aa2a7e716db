"""Which relations a network page means: those of the actors under its filters that its own filters let in."""

from dataclasses import dataclass

import numpy as np
from django.db.models import Q

from actors.facets.index import FacetIndex
from actors.facets.selection import Selection
from actors.facets.ties import Ties
from actors.models import Actor, ActorRelation, LayerPlacement
from clusterportal.pages.presenters.network_filters import NetworkFilters


@dataclass(frozen=True)
class Meant:
    """`among`: relations of the kinds and the year of anybody; `ties`: those of them that the page is about.

    `undated`: how many more it would be about, did they not lack a year, where one is asked for.
    """

    among: Ties
    ties: Ties
    undated: int = 0


def meant(filters: NetworkFilters, ends: Selection, center: Actor | None) -> Meant:
    """The relations that have an end among the actors `ends`, and with `center` one of this actor."""
    index = ends.index
    among = Ties.of(index)
    without_year = Ties(among.keys[:0], among.ends[:0])
    if filters.chosen("relation") or filters.year:
        known = ActorRelation.objects.public()
        if kinds := filters.chosen("relation"):
            known = known.filter(kind__in=kinds)
        if filters.year:
            undated = known.filter(since=None).values_list("pk", flat=True)
            without_year = among.among(list(undated))
            known = known.filter(_stood_in(filters.year))
        among = among.among(list(known.values_list("pk", flat=True)))
    ties, lacking = (_let_in(filters, one, ends, center) for one in (among, without_year))
    return Meant(among, ties, len(lacking))


def _stood_in(year: int) -> Q:
    """Relations that began in that year or before, and had not ended with it or before."""
    return Q(since__lte=year) & (Q(until=None) | Q(until__gte=year))


def _let_in(filters: NetworkFilters, ties: Ties, ends: Selection, center: Actor | None) -> Ties:
    index, mask = ends.index, ends.mask
    ties = ties.where(mask[ties.ends].all(axis=1)) if filters.is_inside else ties.touching(mask)
    if center:
        ties = ties.touching(index.among([center.pk]))
    if others := filters.others:
        theirs = index.having("cluster", others)
        one, other = ties.ends[:, 0], ties.ends[:, 1]
        ties = ties.where((mask[one] & theirs[other]) | (mask[other] & theirs[one]))
    if filters.pair:
        layers = np.sort(main_layers(index, ties)[ties.ends], axis=1)
        ties = ties.where((layers == filters.pair).all(axis=1))
    return ties


def main_layers(index: FacetIndex, ties: Ties) -> np.ndarray:
    """The position of the main layer of each actor that `ties` join, the first where none is marked; else 0."""
    positions = np.zeros(len(index.keys), int)
    keys = index.keys[np.unique(ties.ends)].tolist()
    placements = LayerPlacement.objects.filter(actor__pk__any_of=keys)
    first = placements.order_by("actor_id", "-is_primary", "layer__position").distinct("actor_id")
    rows = np.array(list(first.values_list("actor_id", "layer__position")), np.int64).reshape(-1, 2)
    places = np.searchsorted(index.keys, rows[:, 0])
    positions[places] = rows[:, 1]
    return positions
