"""Counts of selected actors by one or two of their properties: the matrix of layer and area, for any two of them."""

from dataclasses import dataclass

from actors.domain.taxonomy import Taxonomy
from actors.facets.counts import most_frequent
from actors.facets.definitions import SHOWN, VOCABULARY
from actors.facets.selection import Selection

# What actors can be grouped by: facets of the index, of which open ones have any number of values.
CODES = tuple(name for name, enumeration in SHOWN.items() if enumeration)
OPEN = ("city", "state", "country", "topic", "founded")
DIMENSIONS = (*VOCABULARY, *CODES, *OPEN)
MOST_ALONE, MOST_CROSSED = 1000, 50  # values of a dimension, by itself and beside another one


@dataclass(frozen=True)
class Dimension:
    """A property of actors with its most frequent values, in the order of an answer."""

    name: str
    counts: dict[str, int]
    total: int  # how many values there are with those that are left out


@dataclass(frozen=True)
class Grouping:
    dimensions: list[Dimension]
    groups: dict[tuple[str, ...], int]  # by value, or by pair of values; groups without any are left out
    total: int  # actors; each is counted once here, and in every group that it belongs to


def grouping(selection: Selection, names: list[str], taxonomy: Taxonomy) -> Grouping:
    """The selected actors grouped by one or two dimensions."""
    most = MOST_ALONE if len(names) == 1 else MOST_CROSSED
    dimensions = [_dimension(selection, name, taxonomy, most) for name in names]
    first, *others = dimensions
    groups: dict[tuple[str, ...], int] = {(value,): count for value, count in first.counts.items()}
    for other in others:
        groups = {
            (value, crossed): crossing[crossed]
            for value in first.counts
            if (crossing := selection.having(first.name, [value]).counts(other.name))
            for crossed in other.counts
            if crossed in crossing
        }
    return Grouping(dimensions, groups, selection.count())


def _dimension(selection: Selection, name: str, taxonomy: Taxonomy, most: int) -> Dimension:
    found = selection.counts(name)
    if name in VOCABULARY:
        counts = {slug: found[slug] for slug in taxonomy.names(VOCABULARY[name]) if slug in found}
        return Dimension(name, counts, len(counts))
    return Dimension(name, {value: found[value] for value in most_frequent(found, most)}, len(found))
