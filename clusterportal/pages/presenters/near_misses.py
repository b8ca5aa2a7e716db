"""What stands near a question that found nobody, or hardly anybody: ways to more hits, and who could know.

At most eleven queries: two for words that resemble the search, up to two each for the search and the circle asked
anew, one for where towns lie, three for those who are named.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from django.db.models import Avg
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from actors.enums import ActorKind
from actors.facets.counts import most_frequent
from actors.facets.understanding import terms_named
from actors.filters import DEFAULT_RADIUS_KM, ActorFilterSet
from actors.landscape.region import in_region
from actors.models import Actor
from actors.search.engine import is_named
from actors.search.suggestions import suggestions
from applications.models import ApplicationArea
from clusterportal.clusters.models import Cluster
from clusterportal.pages.presenters.active_filters import Chip
from clusterportal.pages.presenters.actor_rows import ActorRow, as_rows, narrow
from clusterportal.places.distances import distance_km
from clusterportal.places.finding import spelt_nearly
from layers.models import Layer

FEW_HITS = 2  # hits up to which further ways are offered
MOST_WAYS_OF_KIND, MOST_CLUSTERS = 3, 2  # of each kind of way
TOWNS_COMPARED = 50
WIDER_KM = (50, 100, 200)
_HELPERS = (ActorKind.ASSOCIATION, ActorKind.CHAMBER)


@dataclass(frozen=True)
class FurtherHits:
    """A link to other hits, and how many these are."""

    label: str
    url: str
    count: int = 0


@dataclass(frozen=True)
class NearMisses:
    is_nobody: bool
    sought: str  # the question in words, for an enquiry
    towns_meant: list[FurtherHits] = field(default_factory=list)  # spelt nearly as the one asked for
    wider: list[FurtherHits] = field(default_factory=list)  # less asked for, or what stands near the words
    towns: list[FurtherHits] = field(default_factory=list)  # the same question in towns nearby
    gap: tuple[Layer, ApplicationArea] | None = None
    rows: list[ActorRow] = field(default_factory=list)
    clusters: list[Cluster] = field(default_factory=list)
    helpers: list[Actor] = field(default_factory=list)  # networks and chambers


def near_misses(filterset: ActorFilterSet, params: QueryDict, chips: list[Chip]) -> NearMisses | None:
    """Ways on for a valid filter set with few hits; None where there are more, or one who is called so."""
    number, found = filterset.selection.count(), filterset.found
    if number > FEW_HITS or not chips:
        return None
    if number and not found.is_everything and not found.is_ranked and is_named(found):
        return None
    terms, near_words = _terms(filterset, is_nobody=not number)
    wider = [*_without(filterset, params, chips), *_wider_circle(filterset, params), *near_words]
    inside = in_region(filterset.index, filterset.taxonomy)
    clusters, helpers = _helpers(filterset, terms, inside)
    towns_meant = _towns_meant(filterset, params)
    return NearMisses(
        is_nobody=not number,
        sought=filterset.form.cleaned_data["q"] or ", ".join(chip.label for chip in chips),
        towns_meant=towns_meant,
        wider=[way for way in wider if way.count > number],
        towns=[] if towns_meant else _towns(filterset, params),
        gap=_gap(filterset, terms, inside),
        rows=[] if number else _rows(filterset, terms, inside),
        clusters=clusters,
        helpers=helpers,
    )


def _terms(filterset, *, is_nobody: bool) -> tuple[dict[str, list[str]], list[FurtherHits]]:
    """Layers, areas and topics that the question names or comes near to; links to those that it only comes near to."""
    data, index = filterset.form.cleaned_data, filterset.index
    named = terms_named(data["q"], filterset.taxonomy)
    terms = {name: list(dict.fromkeys([*data[name], *named[name]])) for name in ("layer", "area")}
    terms["topic"] = list(data["topic"])
    ways = []
    if is_nobody:
        for one in suggestions(data["q"]):
            if one.kind in terms and one.value not in terms[one.kind]:
                terms[one.kind].append(one.value)
                count = index.counts(one.kind).get(one.value, 0)
                ways.append(FurtherHits(one.labels[get_language()], f"?{one.kind}={one.value}", count))
    if not terms["area"]:  # those of the topics, or of the few who were found
        among = index.having("topic", terms["topic"]) if is_nobody else filterset.selection.mask
        terms["area"] = most_frequent(index.counts("area", among), 1)
        names = {area.slug: area.name for area in filterset.taxonomy.areas}
        for slug in terms["area"]:
            if slug in names:
                ways.append(FurtherHits(str(names[slug]), f"?area={slug}", index.counts("area")[slug]))
    return terms, ways[:MOST_WAYS_OF_KIND]


def _without(filterset, params: QueryDict, chips: list[Chip]) -> list[FurtherHits]:
    """The question without one of its filters."""
    names = [chip.name for chip in chips]
    ways = []
    for chip in chips:
        if len(set(names)) > 1 and names.count(chip.name) == 1:
            label = _("Without: %(label)s") % {"label": chip.label}
            ways.append(FurtherHits(label, chip.url, _count(filterset, params, **{chip.name: None})))
    return ways


def _wider_circle(filterset, params: QueryDict) -> list[FurtherHits]:
    data = filterset.form.cleaned_data
    if not data["near"]:
        return []
    for km in WIDER_KM:
        if km > float(data["radius"] or DEFAULT_RADIUS_KM) and (
            count := _count(filterset, params, radius=str(km))
        ):
            return [FurtherHits(_("Within %(km)s km") % {"km": km}, _address(params, radius=str(km)), count)]
    return []


def _towns_meant(filterset, params: QueryDict) -> list[FurtherHits]:
    towns = filterset.index.facets["city"]
    unknown = [town for town in filterset.form.cleaned_data["city"] if town not in towns.values]
    meant = dict.fromkeys(one for town in unknown for one in spelt_nearly(town, towns.spelt))
    return [FurtherHits(town, _address(params, city=town)) for town in meant][:MOST_WAYS_OF_KIND]


def _towns(filterset, params: QueryDict) -> list[FurtherHits]:
    """The towns nearest to the one asked for in which the same question has hits."""
    data, words = filterset.form.cleaned_data, filterset.found.understood
    asked = {*data["city"], *(value for _word, facet, value in words if facet == "city")}
    if not asked:
        return []
    question = data["q"]
    for word, facet, _value in words:
        question = question.replace(word, " ", 1) if facet == "city" else question
    question = " ".join(question.split())
    anywhere = _narrowed(filterset, params, q=question, city=None)
    counts = anywhere.selection.counts("city")
    others = [town for town in most_frequent(counts, TOWNS_COMPARED) if town not in asked]
    far = _kilometres(asked, others)
    nearest = sorted(others, key=lambda town: (far.get(town, np.inf), -counts[town], town))[
        :MOST_WAYS_OF_KIND
    ]
    return [
        FurtherHits(
            _("%(town)s, about %(km)d km away") % {"town": town, "km": far[town]} if town in far else town,
            _address(params, q=question, city=town),
            counts[town],
        )
        for town in nearest
    ]


def _kilometres(asked: Iterable[str], towns: list[str]) -> dict[str, float]:
    """How far the middle of the actors of each town lies from that of the towns `asked`, where both are known."""
    located = Actor.objects.published().located().filter(city__in=[*asked, *towns]).order_by()
    middles = {
        town: (north, east)
        for town, north, east in located.values_list("city").annotate(Avg("latitude"), Avg("longitude"))
    }
    own = [middles[town] for town in asked if town in middles]
    if not own:
        return {}
    return {
        town: min(distance_km(*point, *middles[town]) for point in own) for town in towns if town in middles
    }


def _gap(filterset, terms, inside: np.ndarray) -> tuple[Layer, ApplicationArea] | None:
    """The layer and the area that the question names, where nobody of the region stands."""
    layers = [layer for layer in filterset.taxonomy.layers if layer.slug in terms["layer"]]
    areas = [area for area in filterset.taxonomy.areas if area.slug in terms["area"]]
    if len(layers) != 1 or len(areas) != 1:
        return None
    index = filterset.index
    is_there = index.having("layer", [layers[0].slug]) & index.having("area", [areas[0].slug])
    is_gap = not (is_there & inside).any()
    return (layers[0], areas[0]) if is_gap else None


def _rows(filterset, terms, inside: np.ndarray) -> list[ActorRow]:
    """Actors of the region that share most of the topics, areas and layers; a topic says more than the others."""
    index, weights = filterset.index, {"topic": 2, "area": 1, "layer": 1}
    score = np.zeros(len(index.keys), int)
    for name, weight in weights.items():
        for value in terms[name]:
            score += weight * index.having(name, [value])
    score *= inside
    if not score.any():
        return []
    best = index.keys[score == score.max()].tolist()
    return as_rows(
        narrow(Actor.objects.published().with_keys(best).by_name())[:MOST_WAYS_OF_KIND], filterset.taxonomy
    )


def _helpers(filterset, terms, inside: np.ndarray) -> tuple[list[Cluster], list[Actor]]:
    """Clusters, networks and chambers of the area and the town asked for; where neither is clear, chambers."""
    index, data = filterset.index, filterset.form.cleaned_data
    towns = {*data["city"], *(value for _word, facet, value in filterset.found.understood if facet == "city")}
    wanted = [("area", terms["area"]), ("city", towns)]
    among, is_narrowed = inside, False
    for name, values in wanted:
        own = among & index.having(name, values)
        among, is_narrowed = (own, True) if own.any() else (among, is_narrowed)
    kinds = _HELPERS if is_narrowed else (ActorKind.CHAMBER,)
    helping = index.keys[among & index.having("kind", kinds)].tolist()
    helpers = Actor.objects.published().with_keys(helping).by_name()[:MOST_WAYS_OF_KIND] if helping else ()
    first = most_frequent(index.counts("cluster", among), MOST_CLUSTERS) if is_narrowed else ()
    by_slug = {cluster.slug: cluster for cluster in filterset.taxonomy.clusters}
    return [by_slug[slug] for slug in first if slug in by_slug], list(helpers)


def _narrowed(filterset, params: QueryDict, **changes: str | None) -> ActorFilterSet:
    narrowed = ActorFilterSet(_changed(params, changes), taxonomy=filterset.taxonomy)
    narrowed.is_valid()
    return narrowed


def _count(filterset, params: QueryDict, **changes: str | None) -> int:
    """How many actors the question has with these changes."""
    selection = filterset.selection
    if all(value is None and name in selection.masks for name, value in changes.items()):
        for name in changes:
            selection = selection.without(name)
        return selection.count()
    return _narrowed(filterset, params, **changes).selection.count()


def _address(params: QueryDict, **changes: str | None) -> str:
    changed = _changed(params, changes)
    changed.pop("page", None)
    return f"?{changed.urlencode()}"


def _changed(params: QueryDict, changes: dict[str, str | None]) -> QueryDict:
    changed = params.copy()
    for name, value in changes.items():
        changed.pop(name, None)
        if value:
            changed[name] = value
        elif name == "q" and changed.get("ordering") == "relevance":
            changed.pop("ordering")
    return changed
