"""Counts of selected actors by one or two of their properties: the matrix of layer and area, for any two of them."""

from dataclasses import dataclass

from actors.domain.taxonomy import Taxonomy
from actors.enums import ActorKind, SizeClass
from actors.facets.counts import most_frequent
from actors.facets.selection import Selection
from actors.models import Topic
from clusterportal.core.languages import active_first

# What actors can be grouped by: facets of the index, of which open ones have any number of values.
VOCABULARY = {"layer": "layers", "area": "areas", "cluster": "clusters"}
CODES = {"kind": ActorKind, "size": SizeClass}
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
    groups: dict[
        tuple[str, ...], int
    ]  # actors by value, or by pair of values; groups without any are left out
    total: int  # actors; each is counted once here, and in every group that it belongs to


def grouping(selection: Selection, names: list[str], taxonomy: Taxonomy) -> Grouping:
    """The selected actors grouped by one or two dimensions."""
    most = MOST_ALONE if len(names) == 1 else MOST_CROSSED
    dimensions = [_dimension(selection, name, taxonomy, most) for name in names]
    first = dimensions[0]
    groups: dict[tuple[str, ...], int]
    if len(dimensions) == 1:
        groups = {(value,): count for value, count in first.counts.items()}
    else:
        other = dimensions[1]
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
        shown = [entry.slug for entry in getattr(taxonomy, VOCABULARY[name])]
        return Dimension(
            name, {slug: found[slug] for slug in shown if slug in found}, len({*shown} & {*found})
        )
    return Dimension(name, {value: found[value] for value in most_frequent(found, most)}, len(found))


def labels(dimension: Dimension, taxonomy: Taxonomy) -> dict[str, str]:
    """What the values of a dimension are called in the active language."""
    if dimension.name in VOCABULARY:
        entries = getattr(taxonomy, VOCABULARY[dimension.name])
        return {entry.slug: str(entry.name) for entry in entries}
    if codes := CODES.get(dimension.name):
        return {value: str(label) for value, label in codes.choices}
    if dimension.name == "topic":
        topics = Topic.objects.filter(slug__in=dimension.counts)
        return dict(topics.values_list("slug", active_first("name")[0]))
    return {}
