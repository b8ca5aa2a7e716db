"""Facets as visitors see them: values with label and count, each facet counted without its own filter."""

from collections.abc import Iterable
from dataclasses import dataclass
from heapq import nsmallest

from django.utils.translation import get_language

from actors.domain.taxonomy import Taxonomy
from actors.facets.definitions import SHOWN, VOCABULARY
from actors.facets.selection import Selection
from actors.models import Topic
from clusterportal.core.languages import active_first

VALUES_OF_OPEN_FACET = 30  # of cities or topics, unless more are asked for: the most frequent ones


@dataclass(frozen=True, slots=True)
class FacetValue:
    value: str
    label: str
    count: int
    position: int = 0  # of a layer, for its hue; 0 elsewhere


class FacetValues(list[FacetValue]):
    """The values of a facet. `total` is how many there are with those that an open facet is cut by."""

    total: int


def facets(
    selection: Selection, names, *, taxonomy: Taxonomy, chosen: dict, size: int | None = VALUES_OF_OPEN_FACET
) -> dict[str, FacetValues]:
    """The facets `names` of the selected actors: values with label and count, most frequent first.

    Layers come in the order of the chain. Values that no actor has are left out, except `chosen` ones (values by
    facet; count 0), so that a choice can always be undone. Of cities and topics `size` values are given, all for None.
    """
    return {
        name: _values(name, selection.without(name).counts(name), taxonomy, chosen.get(name) or [], size)
        for name in names
    }


def _values(name: str, counts: dict[str, int], taxonomy: Taxonomy, chosen: list[str], size) -> FacetValues:
    is_open = name not in VOCABULARY and not SHOWN[name]
    shown = most_frequent(counts, size or len(counts)) if is_open else list(counts)
    called = labels(name, {*shown, *chosen}, taxonomy)
    if name in VOCABULARY:
        shown = [value for value in shown if value in called]
    total = len(counts) if is_open else len(shown)
    positions = {one.slug: one.position for one in taxonomy.layers} if name == "layer" else {}
    values = FacetValues(
        FacetValue(value, called.get(value, value), counts.get(value, 0), positions.get(value, 0))
        for value in dict.fromkeys((*shown, *chosen))
    )
    values.sort(key=lambda one: (one.position, -one.count, one.label))
    values.total = max(total, len(values))
    return values


def labels(name: str, values: Iterable[str], taxonomy: Taxonomy) -> dict[str, str]:
    """What values of a facet are called in the active language, where not by themselves."""
    if name in VOCABULARY:
        return taxonomy.names(VOCABULARY[name])
    if codes := SHOWN.get(name):
        return {code: str(label) for code, label in codes.choices}
    return _topic_names({*values}, taxonomy) if name == "topic" else {}


def _topic_names(slugs: set[str], taxonomy: Taxonomy) -> dict[str, str]:
    """The names of these topics among others: what was asked for once is known until the next commit."""
    known: dict[str, str] = taxonomy.once(f"topic names {get_language()}", dict)
    if lacking := slugs - known.keys():
        topics = Topic.objects.filter(slug__in=lacking)
        known |= dict(topics.values_list("slug", active_first("name")[0]))
    return known


def most_frequent(counts: dict[str, int], size: int) -> list[str]:
    """The values with the `size` largest counts, by name where counts are equal."""
    return nsmallest(size, counts, key=lambda value: (-counts[value], value))


def top_topics(selection: Selection, *, limit: int) -> list[Topic]:
    """The topics that most of the selected actors work on, the most frequent first."""
    numbers = selection.counts("topic")
    least = min((numbers[slug] for slug in most_frequent(numbers, limit)), default=0)
    topics = Topic.objects.filter(slug__in=[slug for slug, number in numbers.items() if number >= least])
    return sorted(topics, key=lambda topic: (-numbers[topic.slug], topic.key, topic.pk))[:limit]
