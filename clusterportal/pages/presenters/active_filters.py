"""The active filters of a page: read from its query string, shown as chips, removed or replaced in links."""

from dataclasses import dataclass
from functools import cached_property

from django.http import QueryDict
from django.utils.formats import date_format, number_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from actors.domain.taxonomy import Taxonomy
from actors.enums import IdentifierScheme
from actors.filters import DEFAULT_RADIUS_KM, ActorFilterSet
from actors.models import Topic
from actors.search.engine import words_apart

DETAILS = {
    "website": gettext_lazy("Website"),
    "coordinates": gettext_lazy("Place on the map"),
    "logo": gettext_lazy("Logo"),
    "relations": gettext_lazy("Relations"),
}
_TEMPLATES = {
    "layer": gettext_lazy("Layer %(value)s"),
    "postcode": gettext_lazy("Postcode %(value)s"),
    "relation": gettext_lazy("Relation: %(value)s"),
    "has": gettext_lazy("With details of: %(value)s"),
    "q": gettext_lazy("“%(value)s”"),
    "founded_min": gettext_lazy("Founded from %(value)s"),
    "founded_max": gettext_lazy("Founded until %(value)s"),
    "uid": gettext_lazy("Entry %(value)s"),
    "updated_since": gettext_lazy("Changed since %(value)s"),
}
_TOGETHER = {"near": ("radius",)}  # parameters that are removed with the one that they depend on
_NO_CHIP = {"ordering", "radius"}


@dataclass(frozen=True)
class Chip:
    label: str
    url: str  # of the page without it
    name: str = ""  # of the filter


def chips(filterset, params: QueryDict) -> list[Chip]:
    """A chip for each value of each filter that is set in a valid ActorFilterSet."""
    data = filterset.form.cleaned_data
    set_filters = [(name, data[name]) for name in filterset.filters if data.get(name) not in (None, "", [])]
    labels = _labels(filterset, dict(set_filters))
    return [
        Chip(_label(name, value, labels), address_without(params, name, value, values), name)
        for name, values in set_filters
        if name not in _NO_CHIP
        for value in (values if _is_repeated(name, values) else [values])
    ]


def understood_words(filterset, found) -> list[tuple[str, str, str]]:
    """Words of the search that were taken for a filter: as typed, what they mean, the question that does not do so.

    In quotation marks a word is searched for as it stands.
    """
    question = filterset.form.cleaned_data["q"]
    labels = _labels(filterset, {facet: [value] for _word, facet, value in found.understood})
    return [
        (word, _label(facet, value, labels), question.replace(word, f'"{word}"', 1))
        for word, facet, value in found.understood
    ]


def left_out(filterset) -> list[tuple[str, str, int]]:
    """Of a search that nobody answers whole: a question with fewer words, those left out, how many answer then."""
    found = filterset.found
    if not found.is_ranked:
        return []
    filters = [typed for typed, _facet, _value in found.understood]
    links = []
    for kept, dropped in words_apart(found):
        params = filterset.data.copy()
        params["q"] = " ".join([*filters, kept])
        narrower = ActorFilterSet(params, taxonomy=filterset.taxonomy)
        if narrower.is_valid() and (number := narrower.selection.count()):
            links.append((params["q"], dropped, number))
    return links


def address_without(params: QueryDict, name: str, value=None, values=None) -> str:
    """The query string without one value of a filter, or without the filter; the page number is removed too."""
    left = params.copy()
    for gone in ("page", name, *_TOGETHER.get(name, ())):
        left.pop(gone, None)
    if _is_repeated(name, values) and (rest := [one for one in values if one != value]):
        left.setlist(name, rest)
    needed = {"near": "distance", "q": "relevance"}.get(name)
    if needed and left.get("ordering") == needed:
        left.pop("ordering")
    return f"?{left.urlencode()}" if left else "?"


def _is_repeated(name: str, values) -> bool:
    return isinstance(values, list) and name not in ("near", "bbox")


def _labels(filterset, chosen: dict) -> dict[str, dict[str, str]]:
    """Names for codes, by filter; topics are asked for only when one is chosen."""
    taxonomy = filterset.taxonomy
    labels = {
        name: dict(one.extra["choices"])
        for name, one in filterset.base_filters.items()
        if name in chosen and "choices" in one.extra
    }
    labels["has"] = DETAILS
    if "layer" in chosen:
        labels["layer"] = {layer.slug: layer.position for layer in taxonomy.layers}
    if "area" in chosen:
        labels["area"] = {area.slug: area.name for area in taxonomy.areas}
    if "cluster" in chosen:
        labels["cluster"] = {cluster.slug: cluster.name for cluster in taxonomy.clusters}
    if "topic" in chosen:
        labels["topic"] = {topic.slug: topic.name for topic in Topic.objects.filter(slug__in=chosen["topic"])}
    if "near" in chosen:
        labels["near"] = {"radius": chosen.get("radius") or DEFAULT_RADIUS_KM}
    return labels


def _label(name: str, value, labels: dict) -> str:
    if name == "near":
        place = value.name or " / ".join(number_format(degrees, 2) for degrees in value[:2])
        return _("Within %(radius)s km of %(place)s") % {
            "radius": number_format(labels["near"]["radius"]),
            "place": place,
        }
    if name == "bbox":
        return _("In the map section")
    if name == "identifier":
        return f"{IdentifierScheme(value.scheme).label} {value.value}"
    if name == "updated_since":
        value = date_format(localtime(value), "DATE_FORMAT")
    else:
        value = labels.get(name, {}).get(value, value)
    return str(_TEMPLATES[name]) % {"value": value} if name in _TEMPLATES else str(value)


class ActiveFilters:
    """The filters of a query string; its other parameters are ignored.

    `own`: filters for which the page's form has fields. `axes`: what the page groups its counts by; they do not filter.
    `also`: parameters that the page itself understands, which its links keep.
    """

    def __init__(self, given: QueryDict, *, own=(), axes=(), also=()):
        self.own = own
        self.params = _known(given, leave_out=axes, also=also)
        self.taxonomy = Taxonomy()
        self.filterset = ActorFilterSet(self.params, taxonomy=self.taxonomy)
        self.is_valid = self.filterset.is_valid()

    @property
    def query(self) -> str:
        """The active filters as a query string without question mark."""
        return self.params.urlencode()

    def chosen(self, name: str) -> list[str]:
        return self.filterset.form.cleaned_data.get(name) or []

    @property
    def kept(self) -> list[tuple[str, str]]:
        """Filters without a field in the page's form, which sends them as hidden fields."""
        return [
            (name, value) for name, values in self.params.lists() if name not in self.own for value in values
        ]

    @cached_property
    def chips(self) -> list[Chip]:
        return chips(self.filterset, self.params) if self.is_valid else []

    @property
    def errors(self) -> list[tuple[str, str]]:
        """(filter, what is wrong) for every filter that was not understood."""
        fields = self.filterset.form.fields
        return [
            (fields[name].label, text) for name, texts in self.filterset.form.errors.items() for text in texts
        ]


def with_values(params: QueryDict, **values) -> str:
    """Query string of `params` with `values` in place of those of the same name; a list repeats it."""
    changed = params.copy()
    for name, value in values.items():
        changed.setlist(name, value if isinstance(value, list) else [value])
    return changed.urlencode()


def _known(given: QueryDict, *, leave_out, also) -> QueryDict:
    """The parameters that are filters of actors, or one of `also`, and have a value."""
    names = {*ActorFilterSet.base_filters, *also}.difference(leave_out)
    params = QueryDict(mutable=True)
    for name, values in given.lists():
        filled = [value for value in values if value.strip()]
        if filled and name in names:
            params.setlist(name, filled)
    return params
