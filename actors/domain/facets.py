"""Facet counts of a filtered set of actors, each facet counted without its own filter, from the public roll."""

from dataclasses import dataclass

from actors.domain.selection import Selection
from actors.enums import ActorKind, SizeClass
from actors.models import Topic
from clusterportal.core.languages import active_first

LONGEST = 30  # values of an open facet (cities, topics): the most frequent ones


@dataclass(frozen=True)
class FacetValue:
    value: str
    label: str
    count: int
    position: int = 0  # of a layer, for its hue; 0 elsewhere


def facets(filterset, names) -> dict[str, list[FacetValue]]:
    """The facets `names` of a valid ActorFilterSet: values with label and count, most frequent first.

    Layers come in the order of the chain. Values that no actor has are left out, except chosen ones
    (count 0), so that a choice can always be undone.
    """
    counted = {name: _COUNTS[name](filterset.selection, name) for name in names}
    return {name: _values(name, counted[name], filterset) for name in names}


def _values(name: str, counted: dict, filterset) -> list[FacetValue]:
    labels = _labels(name, filterset)
    for chosen in filterset.form.cleaned_data.get(name) or []:
        counted.setdefault(chosen, (chosen, 0))
    values = [
        FacetValue(
            value=code,
            label=str(labels.get(code, label)),
            count=number,
            position=_position(name, code, filterset),
        )
        for code, (label, number) in counted.items()
    ]
    return sorted(values, key=lambda one: (one.position, -one.count, one.label))


def _labels(name: str, filterset) -> dict[str, str]:
    if name in ("kind", "size"):
        return dict((ActorKind if name == "kind" else SizeClass).choices)
    entries = (
        {
            "layer": filterset.taxonomy.layers,
            "area": filterset.taxonomy.areas,
            "cluster": filterset.taxonomy.clusters,
        }
        if name in ("layer", "area", "cluster")
        else {}
    )
    return {entry.slug: entry.name for entry in entries.get(name, [])}


def _position(name: str, code: str, filterset) -> int:
    if name != "layer":
        return 0
    return next((layer.position for layer in filterset.taxonomy.layers if layer.slug == code), 0)


def _by_word(selection: Selection, name: str) -> dict[str, tuple[str, int]]:
    counts = selection.roll.count_words(name, selection.rows(without=name))
    return {text: (text, number) for text, number in counts.items() if text}


def _by_city(selection: Selection, name: str) -> dict[str, tuple[str, int]]:
    counted = _by_word(selection, name)
    often = most_frequent({city: number for city, (_city, number) in counted.items()}, LONGEST)
    first = sorted(often, key=lambda city: (-counted[city][1], city))[:LONGEST]
    return {city: counted[city] for city in first}


def _by_entry(entries: str):
    def count(selection: Selection, name: str) -> dict[str, tuple[str, int]]:
        rows = selection.rows(without=name)
        roll = selection.roll
        numbers = roll.count_layers(rows) if name == "layer" else roll.count_keys(name, rows)
        known = getattr(selection.filterset.taxonomy, entries)
        return {one.slug: (one.slug, numbers[one.pk]) for one in known if numbers.get(one.pk)}

    return count


def _by_topic(selection: Selection, name: str) -> dict[str, tuple[str, int]]:
    numbers = selection.roll.count_keys(name, selection.rows(without=name))
    label = active_first("name")[0]
    named = Topic.objects.filter(pk__any_of=most_frequent(numbers, LONGEST)).values_list("pk", "slug", label)
    counted = sorted(
        ((slug, text, numbers[key]) for key, slug, text in named), key=lambda one: (-one[2], one[0])
    )
    return {slug: (text, number) for slug, text, number in counted[:LONGEST]}


def most_frequent(numbers: dict, limit: int) -> list:
    """The keys of the `limit` largest numbers, and all that equal the last of them."""
    if len(numbers) <= limit:
        return list(numbers)
    least = sorted(numbers.values(), reverse=True)[limit - 1]
    return [key for key, number in numbers.items() if number >= least]


_COUNTS = {
    "layer": _by_entry("layers"),
    "area": _by_entry("areas"),
    "kind": _by_word,
    "cluster": _by_entry("clusters"),
    "city": _by_city,
    "size": _by_word,
    "topic": _by_topic,
}
