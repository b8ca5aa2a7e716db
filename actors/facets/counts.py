"""Facet counts of a filtered set of actors, each facet counted without its own filter, from the public roll."""

from dataclasses import dataclass

from django.db.models import Q

from actors.enums import ActorKind, SizeClass
from actors.facets.selection import Selection
from actors.models import Topic
from clusterportal.core.languages import active_first

LONGEST = 30  # values of an open facet (cities, topics) unless more are asked for: the most frequent ones


@dataclass(frozen=True)
class FacetValue:
    value: str
    label: str
    count: int
    position: int = 0  # of a layer, for its hue; 0 elsewhere


class Facet(list[FacetValue]):
    """The values of a facet. `total` is how many there are with those that an open facet is cut by."""

    total: int


def facets(filterset, names, *, size: int | None = LONGEST) -> dict[str, Facet]:
    """The facets `names` of a valid ActorFilterSet: values with label and count, most frequent first.

    Layers come in the order of the chain. Values that no actor has are left out, except chosen ones
    (count 0), so that a choice can always be undone. Of cities and topics `size` values are given, all for None.
    """
    return {name: _facet(name, filterset, size) for name in names}


def _facet(name: str, filterset, size: int | None) -> Facet:
    counted, total = _COUNTS[name](filterset.selection, name, size)
    labels = _labels(name, filterset)
    for chosen in _chosen(filterset.selection, name):
        counted.setdefault(chosen, (chosen, 0))
    values = Facet(
        FacetValue(
            value=code,
            label=str(labels.get(code, label)),
            count=number,
            position=_position(name, code, filterset),
        )
        for code, (label, number) in counted.items()
    )
    values.sort(key=lambda one: (one.position, -one.count, one.label))
    values.total = max(total, len(values))
    return values


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


Counted = tuple[dict[str, tuple[str, int]], int]  # label and number by value, and how many values there are


def _by_word(selection: Selection, name: str, size: int | None) -> Counted:
    counts = selection.roll.count_words(name, selection.rows(without=name))
    found = {text: (text, number) for text, number in counts.items() if text}
    return found, len(found)


def _by_city(selection: Selection, name: str, size: int | None) -> Counted:
    counted, total = _by_word(selection, name, None)
    often = most_frequent({city: number for city, (_city, number) in counted.items()}, size or total)
    first = sorted(often, key=lambda city: (-counted[city][1], city))[:size]
    chosen = [city for city in _chosen(selection, name) if city in counted]
    return {city: counted[city] for city in (*first, *chosen)}, total


def _by_entry(entries: str):
    def count(selection: Selection, name: str, size: int | None) -> Counted:
        rows = selection.rows(without=name)
        roll = selection.roll
        numbers = roll.count_layers(rows) if name == "layer" else roll.count_keys(name, rows)
        known = getattr(selection.filterset.taxonomy, entries)
        found = {one.slug: (one.slug, numbers[one.pk]) for one in known if numbers.get(one.pk)}
        return found, len(found)

    return count


def _by_topic(selection: Selection, name: str, size: int | None) -> Counted:
    numbers = selection.roll.count_keys(name, selection.rows(without=name))
    label = active_first("name")[0]
    often = most_frequent(numbers, size or len(numbers))
    chosen = _chosen(selection, name)
    wanted = Q(pk__any_of=often) | Q(slug__in=chosen) if chosen else Q(pk__any_of=often)
    named = Topic.objects.filter(wanted).values_list("pk", "slug", label)
    counted = sorted(
        ((slug, text, numbers.get(key, 0)) for key, slug, text in named), key=lambda one: (-one[2], one[0])
    )
    shown = [*counted[:size], *(one for one in counted[size:] if one[0] in chosen)] if size else counted
    return {slug: (text, number) for slug, text, number in shown}, len(numbers)


def _chosen(selection: Selection, name: str) -> list[str]:
    return selection.filterset.form.cleaned_data.get(name) or []


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
