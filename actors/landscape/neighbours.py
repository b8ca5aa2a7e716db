"""Whom to look at next, in the region: actors like this one, and actors that complete it along the chain."""

from collections.abc import Iterable

import numpy as np
from django.db.models import QuerySet

from actors.domain.taxonomy import Taxonomy
from actors.facets.index import FacetIndex
from actors.landscape.region import in_region
from actors.models import Actor


def similar(actor: Actor, index: FacetIndex, taxonomy: Taxonomy, *, limit: int = 3) -> list[int]:
    """Keys of published actors on a layer of `actor` and in an area of it; the more they share, the earlier."""
    return _sharing(actor, set(actor.positions), index, taxonomy, limit)


def complementary(
    actor: Actor, index: FacetIndex, taxonomy: Taxonomy, *, without: Iterable[int] = (), limit: int = 3
) -> list[int]:
    """Keys of published actors in an area of `actor` one step before or after it, where it does not stand.

    `without` leaves out actors that are named already.
    """
    own = set(actor.positions)
    steps = {position + step for position in own for step in (-1, 1)} - own
    return _sharing(actor, steps, index, taxonomy, limit, without=without)


def _sharing(actor: Actor, positions: set[int], index, taxonomy, limit: int, *, without=()) -> list[int]:
    """Actors with an area of `actor` and a layer at `positions`; shared layers count first, then areas, then names."""
    areas = [focus.area.slug for focus in actor.foci.all()]
    layers = [layer.slug for layer in taxonomy.layers if layer.position in positions]
    shared_areas, shared_layers = _shared(index, "area", areas), _shared(index, "layer", layers)
    is_other = in_region(index, taxonomy) & ~index.among([actor.pk, *without])
    is_other &= (shared_areas > 0) & (shared_layers > 0)
    if not is_other.any():
        return []
    shared = np.where(is_other, shared_layers * (len(areas) + 1) + shared_areas, 0)
    least = np.sort(shared[is_other])[-limit:][0]  # of those who are named
    more, equal = index.keys[shared > least], index.keys[is_other & (shared == least)]
    amount = dict(zip(more.tolist(), shared[shared > least].tolist(), strict=True))
    return [
        *sorted(_by_name(more), key=lambda key: -amount[key]),
        *_by_name(equal)[: limit - len(more)],
    ]


def _by_name(keys: np.ndarray) -> QuerySet | list:
    return (
        Actor.objects.with_keys(keys.tolist()).by_name().values_list("pk", flat=True)
        if len(keys) > 1
        else keys.tolist()
    )


def _shared(index: FacetIndex, name: str, values: list[str]) -> np.ndarray:
    """How many of `values` each actor has."""
    return sum((index.having(name, [value]).astype(int) for value in values), np.zeros(len(index.keys), int))
