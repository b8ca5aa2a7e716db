"""Which relations the picture of a network draws: as many as an eye can follow, those of the region first."""

from collections import Counter

import numpy as np

from actors.domain.taxonomy import Taxonomy
from actors.facets.index import FacetIndex
from actors.landscape.region import in_region
from actors.landscape.ties import Ties

MOST_ACTORS = 60
MOST_IN_MARGIN = 12  # outside the region, or on no layer: parent bodies above all
MOST_IN_COLUMN = 24
MOST_RELATIONS = 90
_TRIED = 20 * MOST_RELATIONS  # relations looked at when columns are full


def chosen_ties(ties: Ties, index: FacetIndex, taxonomy: Taxonomy) -> Ties:
    """Those of the relations that are drawn.

    Relations within the region come first, then those that lead out of it; in both, those between actors with many
    relations. Each brings its actors in while there is room; what is left of the lines joins the actors that are in.
    A relation wholly outside the region is never drawn.
    """
    inside = in_region(index, taxonomy)
    ties = ties.touching(inside)
    degrees = np.sort(ties.degrees(len(index.keys))[ties.ends], axis=1)
    leads_out = ~inside[ties.ends].all(axis=1)
    order = np.lexsort((ties.keys, -degrees[:, 1], -degrees[:, 0], leads_out))
    first, actors = _first(ties.ends[order[:_TRIED]], _columns(index, taxonomy, inside))
    is_in = index.among(index.keys[list(actors)])
    is_among = is_in[ties.ends[order]].all(axis=1)
    is_among[first] = False
    drawn = np.concatenate([order[first], order[is_among]])[:MOST_RELATIONS]
    return ties.where(np.isin(ties.keys, ties.keys[drawn]))


def _columns(index: FacetIndex, taxonomy: Taxonomy, inside: np.ndarray) -> np.ndarray:
    """The column of each actor, by its first layer; 0 is the margin (`drawing.layering.column_of`)."""
    columns = np.zeros(len(index.keys), int)
    for layer in reversed(taxonomy.layers):
        columns[index.having("layer", [layer.slug])] = layer.position
    return np.where(inside, columns, 0)


def _first(ends: np.ndarray, columns: np.ndarray) -> tuple[list[int], set[int]]:
    """The relations that bring actors in, by their numbers, and these actors, as far as there is room for both ends."""
    first: list[int] = []
    actors: set[int] = set()
    filled: Counter[int] = Counter()
    for number, pair in enumerate(ends.tolist()):
        new = [end for end in pair if end not in actors]
        wanted = filled + Counter(int(columns[end]) for end in new)
        if new and len(actors) + len(new) <= MOST_ACTORS and _has_room(wanted):
            first.append(number)
            actors.update(new)
            filled = wanted
    return first, actors


def _has_room(filled: Counter[int]) -> bool:
    return all(number <= (MOST_IN_COLUMN if column else MOST_IN_MARGIN) for column, number in filled.items())
