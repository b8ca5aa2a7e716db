"""Which relations a network page means: those of the actors under its filters that its own filters let in."""

from dataclasses import dataclass

import numpy as np
from django.db.models import Q
from django.utils import timezone

from actors.facets.index import FacetIndex
from actors.facets.selection import Selection
from actors.landscape.ties import Ties
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
    """The relations that have an end among the actors `ends`, and with `center` one of this actor.

    Without a year those that have not ended, whenever they began; with one those that stood at the end of it.
    """
    among, without_year = _in_time(filters.year, Ties.of(ends.index))
    if kinds := filters.chosen("relation"):
        known = list(ActorRelation.objects.public().filter(kind__in=kinds).values_list("pk", flat=True))
        among, without_year = among.among(known), without_year.among(known)
    ties, lacking = (_let_in(filters, one, ends, center) for one in (among, without_year))
    return Meant(among, ties, len(lacking))


def _in_time(year: int | None, ties: Ties) -> tuple[Ties, Ties]:
    """The relations that stand today, or stood at the end of the year, and those of which that cannot be said."""
    known = ActorRelation.objects.public()
    if year is None:
        ended = known.filter(until__lt=timezone.localdate().year).values_list("pk", flat=True)
        return ties.where(~np.isin(ties.keys, list(ended))), ties.among([])
    stood = known.filter(Q(until=None) | Q(until__gte=year), since__lte=year)
    undated = known.filter(since=None)
    return (
        ties.among(list(stood.values_list("pk", flat=True))),
        ties.among(list(undated.values_list("pk", flat=True))),
    )


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
