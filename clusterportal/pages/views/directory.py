"""The directory: search, facets, list and map. Its parameters are those of the API."""

from django.http import QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views import View

from actors.domain.taxonomy import Taxonomy
from actors.filters import FACETS, ActorFilterSet
from actors.search.highlighting import Highlighter
from clusterportal.core.api.alternates import link_alternates
from clusterportal.core.api.formats import JsonFormat
from clusterportal.core.api.linked_formats import LINKED_FORMATS
from clusterportal.pages.presenters.active_filters import address_without, chips, left_out, understood_words
from clusterportal.pages.presenters.actor_rows import ActorRow, as_rows, narrow, page_numbers, page_of
from clusterportal.pages.presenters.contribution_hits import contribution_hits
from clusterportal.pages.presenters.embedding import embed_of
from clusterportal.pages.presenters.filter_form import facet_groups, near_fields, place_choices
from clusterportal.pages.presenters.near_misses import near_misses

DOWNLOADS = [  # label, format, what the address says beside the filters
    ("CSV", "csv", ""),
    (_("CSV for Excel"), "csv", "bom=1&"),
    ("XLSX", "xlsx", ""),
    ("JSON", "json", ""),
    ("NDJSON", "ndjson", ""),
    ("GeoJSON", "geojson", ""),
]
SHOWN_BY_FACETS = {*FACETS, "has", "near", "radius"}
ORDERS = {
    "relevance": _("Relevance"),
    "distance": _("Distance"),
    "name": _("Name"),
    "layer": _("Layer"),
    "-created_at": _("Newest"),
}


class ActorListView(View):
    """A bad value answers 400 and says what is wrong; a page that is not there 404 with a way back."""

    def get(self, request):
        filterset, mistakes = _read(request.GET)
        page, page_exists = page_of(filterset.listing, request.GET.get("page"), count=0 if mistakes else None)
        page.object_list = _rows(filterset, list(page))
        is_part = bool(request.htmx) and not request.htmx.history_restore_request
        response = render(
            request,
            "pages/directory_part.html" if is_part else "pages/directory.html",
            {
                "q": request.GET.get("q", ""),
                **_answer(filterset),
                "mistakes": mistakes,
                "page": page,
                "page_exists": page_exists,
                "page_numbers": page_numbers(page),
                "facets": facet_groups(filterset),
                "near": near_fields(
                    request.GET, *(one["reasons"] for one in mistakes if one["name"] == "near")
                ),
                "chips": (shown := chips(filterset, request.GET)),
                "near_misses": near_misses(filterset, request.GET, shown) if not mistakes else None,
                "told": contribution_hits(request.GET, shown, filterset.taxonomy) if not mistakes else None,
                "filter_count": len(shown) - bool(filterset.form.cleaned_data["q"]),
                "kept": _kept(request.GET),
                "orders": _orders(filterset),
                "is_map": request.GET.get("view") == "map",
                "downloads": _downloads(filterset),
                "saved": request.build_absolute_uri(address_without(request.GET, "page")),
                "feed": _feed(filterset),
                "map_data": _map_data(filterset),
                "embed": embed_of(request, "directory", _question(filterset)),
            },
            status=400 if mistakes else 200 if page_exists else 404,
        )
        patch_vary_headers(response, ["HX-Request"])
        if response.status_code == 200:
            link_alternates(response, _as_data(filterset))
        return response


def _read(params: QueryDict) -> tuple[ActorFilterSet, list[dict]]:
    """A valid filter set, and what was left out of it: name, label, value, reasons, choices, address without it."""
    taxonomy = Taxonomy()
    filterset = ActorFilterSet(params, taxonomy=taxonomy)
    good, mistakes = params.copy(), []
    while not filterset.is_valid():
        faults = filterset.form.errors.as_data()
        for name, errors in filterset.form.errors.items():
            is_place = name == "near"
            choices = (
                place_choices(params, faults[name], filterset.index.facets["city"].spelt) if is_place else []
            )
            mistakes.append(
                {
                    "name": name,
                    "label": filterset.form.fields[name].label,
                    "value": ", ".join(params.getlist(name)),
                    "reasons": _place_reasons(params, faults[name]) if is_place else errors,
                    "choices": choices,
                    "is_guess": any(one.code == "unknown" for one in faults[name]),
                    "url": address_without(params, name),
                }
            )
            good.pop(name, None)
        filterset = ActorFilterSet(good, taxonomy=taxonomy)
    return filterset, mistakes


def _place_reasons(params: QueryDict, errors) -> list[str]:
    """What is wrong with a place, as a visitor would say it; the API's words name degrees too."""
    if any(one.code == "several" for one in errors):
        return [str(_("Which one do you mean?"))]
    unknown = _("“%(place)s” is no place that is known here. Type a postcode or a town.")
    texts = {"unknown": unknown % {"place": params.get("near", "")}}
    return [texts.get(one.code, text) for one in errors for text in one.messages]


def _rows(filterset, keys: list[int]) -> list[ActorRow]:
    """The rows; those of a search are read with all that may answer it, in three further queries."""
    if not keys:
        return []
    is_search = bool(filterset.form.cleaned_data["q"])
    actors = narrow(filterset.among(keys), is_found=is_search)
    return as_rows(actors.listed(keys), filterset.taxonomy, filterset.index, is_found=is_search)


def _answer(filterset) -> dict:
    """How the search was understood: words to highlight, to correct, to leave out, and those taken for filters."""
    if not filterset.form.cleaned_data["q"]:
        return {}
    found = filterset.found
    return {
        "marks": Highlighter.of(found.query) if found.query else None,
        "meant": found.meant,
        "is_nearest": found.is_ranked,
        "left_out": left_out(filterset),
        "understood": understood_words(filterset, found),
    }


def _kept(params: QueryDict) -> list[tuple[str, str]]:
    """Parameters that the form sends as hidden fields, because it has no visible field for them."""
    names = {*ActorFilterSet.base_filters, "view"} - SHOWN_BY_FACETS - {"q"}
    return [(name, value) for name in sorted(names) for value in params.getlist(name) if value]


def _orders(filterset) -> list[dict]:
    """The orders that make sense for these filters; the current one is marked."""
    data = filterset.form.cleaned_data
    senseless = {"relevance": not data["q"], "distance": not data["near"]}
    standard = filterset.usual_order
    current = data["ordering"] or standard
    return [
        {"value": "" if code == standard else code, "label": label, "is_current": code == current}
        for code, label in ORDERS.items()
        if not senseless.get(code)
    ]


def _question(filterset) -> QueryDict:
    """The active filters as the API takes them: without parameters that it does not know or that have no effect."""
    question = QueryDict(mutable=True)
    for name in filterset.filters:
        values = [value for value in filterset.data.getlist(name) if value.strip()]
        question.setlist(name, values if filterset.takes_several(name) else values[-1:])
    if not question.get("near"):
        question.pop("radius", None)
    return question


def _map_data(filterset) -> str:
    """The address of the same actors on the map; the section is left out, because the map adds its own."""
    question = _question(filterset)
    question["lang"] = get_language()
    for name in ("bbox", "ordering"):
        question.pop(name, None)
    return f"{reverse('api:map')}?{question.urlencode()}"


def _downloads(filterset) -> list[tuple]:
    """Label and address of the list as a file, one a format."""
    query = _question(filterset).urlencode()
    return [
        (label, f"{reverse('actors:actor-export', args=[format])}?{extra}{query}".rstrip("?&"))
        for label, format, extra in DOWNLOADS
    ]


def _as_data(filterset) -> list[tuple[str, str]]:
    """The same actors for programs: (media type, address); the feed has those that were published last."""
    address, question = reverse("api:actor-list"), _question(filterset)
    found = [(Atom1Feed.content_type.partition(";")[0], _feed(filterset))]
    for one in (JsonFormat, *LINKED_FORMATS):
        question["format"] = one.format
        found.append((one.media_type, f"{address}?{question.urlencode()}"))
    return found


def _feed(filterset) -> str:
    """The address of the feed of new hits: it has an order of its own."""
    question = _question(filterset)
    question.pop("ordering", None)
    return f"{reverse('pages:directory-feed')}?{question.urlencode()}".rstrip("?")
