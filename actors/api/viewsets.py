"""The endpoint of the actors: lists, exports, facets, and one actor by slug, id or former slug."""

from __future__ import annotations  # methods named `list` stand in the way of the type

from django.http import HttpResponsePermanentRedirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from rest_framework.response import Response

from actors.api import exports, parameters
from actors.api.documentation import FacetedPaging, documented
from actors.api.lines import Lines
from actors.api.lookup import Moved, find
from actors.api.parts import relation_ends, with_parts
from actors.api.serializers import ActorDetailSerializer, ActorSerializer
from actors.domain.facets import facets
from actors.domain.linked_data import linked_data
from actors.enums import RelationKind
from actors.filters import FACETS, ORDERINGS, ActorFilterSet
from actors.models import Actor, ActorRelation
from clusterportal.core.api.caching import etag_of, unchanged
from clusterportal.core.api.formats import JsonFormat, JsonLdFormat, Written
from clusterportal.core.api.parameters import chosen_code, chosen_codes
from clusterportal.core.api.problems import InvalidParameters
from clusterportal.core.api.views import PublicViewSet
from clusterportal.core.languages import LANGUAGE_CODES
from clusterportal.history.models import revision_stamp

LIST_FORMATS = [
    JsonFormat,
    exports.CsvFormat,
    exports.XlsxFormat,
    exports.GeoJsonFormat,
    JsonLdFormat,
    exports.NdjsonFormat,
]
LINKED_PARTS = ("topics", "identifiers")


def filtered(params, orderings=ORDERINGS) -> ActorFilterSet:
    """The published actors that `params` ask for; a bad value is a problem that names the good ones."""
    chosen_code(params, "ordering", orderings)
    filterset = ActorFilterSet(params, queryset=Actor.objects.published())
    if not filterset.is_valid():
        raise InvalidParameters(filterset.form.errors)
    return filterset


@documented
class ActorViewSet(PublicViewSet):
    about = {
        "list": _("Published actors: search, filters, facets, and the whole list in many formats"),
        "retrieve": _("One actor, by slug, permanent id or former slug"),
    }
    serializer_class = ActorSerializer
    detail_serializer_class = ActorDetailSerializer
    pagination_class = FacetedPaging
    tag = "actors"

    def get_queryset(self):
        return Actor.objects.published()

    def get_renderers(self):
        return [one() for one in (LIST_FORMATS if self.action == "list" else [JsonFormat, JsonLdFormat])]

    def own_parameters(self) -> list:
        own = super().own_parameters()
        return own if self.action == "retrieve" else [*parameters.FILTERS, *own[:-1], *parameters.LIST]

    # ---------- the list ----------
    def list(self, request, **kwargs):
        """All published actors that meet the filters."""
        filterset = filtered(request.query_params)
        names = chosen_codes(request.query_params, "facets", FACETS)
        kind = request.accepted_renderer.format
        if kind in ("json", "jsonld"):
            return self._page(filterset, names) if kind == "json" else self._linked(filterset)
        return self._whole(filterset, kind)

    def _page(self, filterset, names) -> Response:
        keys = self.paginate_queryset(filterset.listing)
        lines = Lines(self.language, self.addresses, self.only, filterset.taxonomy)
        response = self.get_paginated_response(Written(lines.of(keys)))
        if names:
            response.data["facets"] = self._facets(filterset, names)
        return response

    def _facets(self, filterset, names) -> dict:
        """The facets, with labels in the answer's language or in every one."""
        codes = LANGUAGE_CODES if self.language.is_every else [self.language.code]
        spoken = {}
        for code in codes:
            with override(code):
                spoken[code] = facets(filterset, names)
        return {
            name: [
                {"value": one.value, "label": self._label(spoken, name, one.value), "count": one.count}
                for one in spoken[codes[0]][name]
            ]
            for name in names
        }

    def _label(self, spoken, name, value):
        labels = {
            code: next((one.label for one in found[name] if one.value == value), value)
            for code, found in spoken.items()
        }
        return labels if self.language.is_every else labels[self.language.code]

    def _linked(self, filterset) -> Response:
        chosen_codes(self.request.query_params, "fields", exports.field_names("jsonld", self.language))
        keys = self.paginate_queryset(filterset.listing)
        page = with_parts(filterset.among(keys), LINKED_PARTS).listed(keys)
        parents = _parents_of(page)
        graph = [self._as_linked_data(actor, parents.get(actor.pk, [])) for actor in page]
        return Response(
            {"@context": "https://schema.org", "@graph": [_without_context(one) for one in graph]}
        )

    def _as_linked_data(self, actor, parents) -> dict:
        return linked_data(actor, base_url=self.addresses.base, parents=parents)

    def _whole(self, filterset, kind):
        """A format without pages; its entity tag comes from the revision, so nothing is read for a 304."""
        request = self.request
        etag = etag_of(
            revision_stamp(),
            request.build_absolute_uri(),
            self.language.code,
            self.language.spoken,
            kind,
        )
        if (answer := unchanged(request, etag)) is None:
            only = chosen_codes(request.query_params, "fields", exports.field_names(kind, self.language))
            actors = filterset.ordered.located() if kind == "geojson" else filterset.ordered
            made_of = exports.Export(actors, self.get_serializer_context(), only)
            is_head = request.method == "HEAD"
            answer = (
                exports.headers_only(request.accepted_renderer) if is_head else exports.export(kind, made_of)
            )
        answer.headers["ETag"] = etag
        return answer

    # ---------- one actor ----------
    def retrieve(self, request, slug, **kwargs):
        """One published actor; a former slug leads on to the address of today."""
        shown = self.only or ActorDetailSerializer.names()
        is_linked = request.accepted_renderer.format == "jsonld"
        found = find(with_parts(self.get_queryset(), LINKED_PARTS if is_linked else shown), slug)
        if isinstance(found, Moved):
            question = request.META.get("QUERY_STRING", "")
            address = self.addresses.of("api:actor-detail", found.slug)
            return HttpResponsePermanentRedirect(f"{address}?{question}" if question else address)
        if is_linked:
            return Response(self._as_linked_data(found, _parents_of([found]).get(found.pk, [])))
        if "relations" in shown:
            found.public_relations = relation_ends(found)
        return Response(self.get_serializer(found, only=self.only).data)


def _parents_of(actors) -> dict[int, list[Actor]]:
    """The published parent bodies of `actors`, by the actor's key; one query."""
    relations = ActorRelation.objects.public().filter(kind=RelationKind.PARENT, target__in=actors)
    parents: dict[int, list[Actor]] = {}
    for relation in relations.select_related("source").order_by("source__sort_key"):
        parents.setdefault(relation.target_id, []).append(relation.source)
    return parents


def _without_context(data: dict) -> dict:
    return {name: value for name, value in data.items() if name != "@context"}
