"""The actors of a network as a table: how many relations each has, and with whom. The equal of its picture."""

from dataclasses import dataclass

import numpy as np

from actors.facets.index import FacetIndex
from actors.landscape.ties import Ties
from actors.models import Actor

MOST_NEIGHBOURS_NAMED = 8


@dataclass(frozen=True)
class TiedActor:
    """An actor, the number of its relations, its neighbours by name, and how many more there are."""

    actor: Actor
    relation_count: int
    neighbours: tuple[Actor, ...]
    more: int


def keys_in_order(ties: Ties, index: FacetIndex, ordering: str) -> list[int]:
    """The primary keys of the actors that `ties` join, by "name" or number of "relations", with "-" the other way."""
    places = np.unique(ties.ends)
    keys = index.keys[places].tolist()
    by_name = list(Actor.objects.with_keys(keys).by_name().values_list("pk", flat=True))
    if ordering.endswith("name"):
        return by_name[::-1] if ordering.startswith("-") else by_name
    degrees = dict(zip(keys, ties.degrees(len(index.keys))[places].tolist(), strict=True))
    return sorted(by_name, key=lambda key: -degrees[key] if ordering.startswith("-") else degrees[key])


def tied_actors(keys: list[int], ties: Ties, index: FacetIndex) -> list[TiedActor]:
    """The rows of the actors `keys`, in one query. A neighbour with many relations of its own is named first."""
    degrees = ties.degrees(len(index.keys))
    near: dict[int, tuple[list[int], int]] = {}
    for key, place in zip(keys, np.searchsorted(index.keys, keys).tolist(), strict=True):
        pairs = ties.ends[(ties.ends == place).any(axis=1)]
        others = np.unique(pairs[pairs != place])
        best = others[np.argsort(-degrees[others], kind="stable")][:MOST_NEIGHBOURS_NAMED]
        near[key] = index.keys[best].tolist(), len(others) - len(best)
    wanted = {*keys, *(other for others, _more in near.values() for other in others)}
    actors = Actor.objects.with_keys(wanted).only("slug", "name", "short_name", "country").in_bulk()
    return [
        TiedActor(
            actors[key],
            int(degrees[place]),
            tuple(sorted((actors[other] for other in near[key][0] if other in actors), key=str)),
            near[key][1],
        )
        for key, place in zip(keys, np.searchsorted(index.keys, keys).tolist(), strict=True)
        if key in actors
    ]
