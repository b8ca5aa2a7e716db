"""The endpoint of the actors: lists, exports, facets, and one actor by slug, id or former slug."""

from typing import cast

from django.http import HttpResponsePermanentRedirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from rest_framework.response import Response

from actors.api import actor_records, export_cells, exports, linked, parameters
from actors.api.actor_json import ActorJson
from actors.api.documentation import ActorPaging, documented
from actors.api.grouping import GROUP_BY, dimensions_asked_for, grouped
from actors.api.lookup import Moved, find
from actors.api.nested import with_parts
from actors.api.serializers import ActorDetailSerializer, ActorSerializer
from actors.filters import FACETS, ORDERINGS, ActorFilterSet
from actors.models import Actor
from clusterportal.core.api.alternates import LinksFormats
from clusterportal.core.api.caching import etag_of, unchanged
from clusterportal.core.api.credentials import may_read_contacts
from clusterportal.core.api.formats import JsonFormat, Written
from clusterportal.core.api.linked_formats import LINKED, LINKED_FORMATS
from clusterportal.core.api.parameters import chosen_code, chosen_codes
from clusterportal.core.api.problems import Gone, InvalidParameters
from clusterportal.core.api.serializers import moment_text
from clusterportal.core.api.views import Parameters, PublicViewSet
from clusterportal.core.deployment import deployment_fingerprint
from clusterportal.core.languages import LANGUAGE_CODES
from clusterportal.history.models import public_state

LIST_FORMATS = [
    JsonFormat,
    exports.CsvFormat,
    exports.XlsxFormat,
    exports.GeoJsonFormat,
    *LINKED_FORMATS,
    exports.NdjsonFormat,
]


# Why a parameter of pages does not apply to a format that is the whole list, and why one of JSON applies to no other.
_WHOLE = _("This format has no pages: it is the whole list. Leave this out.")
_ONLY_JSON = _("Facets come in json only. Leave this out, or ask for json.")
_ONE_SHAPE = _("This format has its own fields. Leave this out.")


def filtered(params, orderings=ORDERINGS) -> ActorFilterSet:
    """The published actors that `params` ask for; a bad value is a problem that names the good ones."""
    if not params.get("near"):
        parameters.refuse(
            params, {"radius": _("A radius needs a place: give `near` too, or leave this out.")}
        )
    chosen_code(params, "ordering", orderings)
    filterset = ActorFilterSet(params)
    if not filterset.is_valid():
        raise InvalidParameters(filterset.form.errors)
    return filterset


@documented
class ActorViewSet(LinksFormats, PublicViewSet):
    about = {
        "list": _("Published actors: search, filters, facets, and the whole list in many formats"),
        "retrieve": _("One actor, by slug, permanent id or former slug"),
    }
    serializer_class = ActorSerializer
    detail_serializer_class = ActorDetailSerializer
    pagination_class = ActorPaging
    tag = "actors"

    def get_queryset(self):
        return Actor.objects.published()

    def get_renderers(self):
        is_list = self.action in ("list", None)  # None: a method that the address does not answer
        return [one() for one in (LIST_FORMATS if is_list else [JsonFormat, *LINKED_FORMATS])]

    def own_parameters(self) -> Parameters:
        own = super().own_parameters()
        return (
            own if self.action == "retrieve" else [*parameters.FILTERS, *own[:-1], *parameters.LIST, GROUP_BY]
        )

    def kept_parameters(self) -> list[str]:
        """What selects actors, and says in which order and language, holds in every format."""
        return [*super().kept_parameters(), "ordering", *(one.name for one in parameters.FILTERS)]

    def _records(self, taxonomy):
        return actor_records.records_asked_for(
            self.request, language=self.language, addresses=self.addresses, taxonomy=taxonomy
        )

    # ---------- the list ----------
    def list(self, request, **kwargs):
        """All published actors that meet the filters."""
        kind, params = request.accepted_renderer.format, request.query_params
        dimensions = dimensions_asked_for(params, kind)
        _check_format(params, kind)
        state = public_state()  # before the list, of which it tells at least
        filterset = filtered(params)
        if dimensions:
            language, taxonomy = self.language, filterset.taxonomy
            response = Response(
                grouped(filterset.selection, dimensions, taxonomy=taxonomy, language=language)
            )
        elif kind == "json":
            response = self._page(filterset, state)
        elif kind in LINKED:
            response = self._linked(filterset)
        else:
            response = self._whole(filterset, kind, state)
        if state.complete_until:
            response.headers["X-Complete-Until"] = moment_text(state.complete_until)
        return response

    def _page(self, filterset, state) -> Response:
        names = chosen_codes(self.request.query_params, "facets", FACETS)
        size = parameters.facet_size(self.request.query_params)
        keys = self.paginate_queryset(filterset.listing) or []
        lines = self._records(filterset.taxonomy).of(keys)
        response = self.get_paginated_response(Written(list(lines)))
        if filterset.form.cleaned_data["updated_since"] and state.complete_until:
            response.data["complete_until"] = moment_text(state.complete_until)
        if names:
            spoken = self._spoken_facets(filterset, names, size)
            response.data["facets"] = self._facets(spoken, names)
            response.data["facet_totals"] = {name: next(iter(spoken.values()))[name].total for name in names}
        return response

    def _spoken_facets(self, filterset, names, size) -> dict[str, dict]:
        """The facets with labels in the answer's language, or in every one, by language."""
        spoken = {}
        for code in LANGUAGE_CODES if self.language.is_every else [self.language.code]:
            with override(code):
                spoken[code] = filterset.facets(names, size=size)
        return spoken

    def _facets(self, spoken, names) -> dict:
        first = next(iter(spoken.values()))
        labels = {
            name: {code: {one.value: one.label for one in found[name]} for code, found in spoken.items()}
            for name in names
        }
        return {
            name: [
                {"value": one.value, "label": self._label(labels[name], one.value), "count": one.count}
                for one in first[name]
            ]
            for name in names
        }

    def _label(self, labels: dict[str, dict[str, str]], value: str):
        spoken = {code: known.get(value, value) for code, known in labels.items()}
        return spoken if self.language.is_every else spoken[self.language.code]

    def _linked(self, filterset) -> Response:
        keys = self.paginate_queryset(filterset.listing) or []
        pager = cast(ActorPaging, self.paginator)
        page = linked.page_of(keys, address=self.request.build_absolute_uri(), following=pager.next)
        response = Response(page)
        response.headers["Link"] = pager.links()
        return response

    def _whole(self, filterset, kind, state):
        """A format without pages; its entity tag comes from the public state, so nothing is read for a 304."""
        request = self.request
        etag = etag_of(
            deployment_fingerprint(),
            state.version,
            request.build_absolute_uri(),
            self.language.code,
            self.language.spoken,
            kind,
            str(may_read_contacts(request)),
        )
        if (answer := unchanged(request, etag)) is None:
            if request.method == "HEAD":
                answer = exports.headers_only(request.accepted_renderer)
            else:
                answer = exports.export(kind, self._export(filterset, kind))
        answer.headers["ETag"] = etag
        return answer

    def _export(self, filterset, kind: str) -> exports.Export:
        if kind == "ndjson":
            return exports.Export(filterset.listing, self._records(filterset.taxonomy))
        known = export_cells.columns(self.language)
        only = chosen_codes(self.request.query_params, "fields", known)
        fields = export_cells.FEATURE if kind == "geojson" else []
        lines = ActorJson(self.language, self.addresses, fields, filterset.taxonomy)
        return exports.Export(filterset.listing, lines, only or known)

    # ---------- one actor ----------
    def retrieve(self, request, slug, **kwargs):
        """One published actor; a former slug leads on to the address of today."""
        is_linked = request.accepted_renderer.format in LINKED
        if is_linked:
            parameters.refuse(request.query_params, {"fields": _ONE_SHAPE})
        found = find(self.get_queryset().only("pk"), slug)
        if isinstance(found, Moved):
            question = request.META.get("QUERY_STRING", "")
            address = self.addresses.of("api:actor-detail", found.slug)
            return HttpResponsePermanentRedirect(f"{address}?{question}" if question else address)
        if is_linked:
            if (described := linked.one_of(found.pk)) is None:
                raise Gone
            return Response(described)
        shown = with_parts([found.pk], self.only or ActorDetailSerializer.names())
        if not shown:
            raise Gone  # withdrawn since it was found
        return Response(self.get_serializer(shown[0], only=self.only).data)


def _check_format(params, kind: str) -> None:
    """Refuse parameters that mean nothing for the format asked for."""
    if kind != "json":
        parameters.refuse(params, dict.fromkeys(("facets", "facet_size"), _ONLY_JSON))
    if kind in (*LINKED, "geojson"):
        parameters.refuse(params, {"fields": _ONE_SHAPE})
    if kind not in ("json", "ndjson"):
        parameters.refuse(params, {"include": _ONE_SHAPE})
    if kind not in ("json", *LINKED):
        parameters.refuse(params, dict.fromkeys(("page", "page_size", "cursor"), _WHOLE))
    if "facets" not in params:
        parameters.refuse(params, {"facet_size": _("This needs `facets`: give them too, or leave this out.")})
