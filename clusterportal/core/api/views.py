"""Bases of the public endpoints: one order of checks, one language, one kind of error."""

from collections.abc import Sequence
from functools import cached_property

from django.db.models import F
from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.urls import resolve
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy, override
from drf_spectacular.utils import OpenApiParameter
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework.viewsets import GenericViewSet

from clusterportal.core.api import parameters
from clusterportal.core.api.absolute_addresses import Addresses
from clusterportal.core.api.answer_language import CHOICES, language_of
from clusterportal.core.api.formats import FormatNegotiation, JsonFormat
from clusterportal.core.api.paging import PARAMETERS as PAGING
from clusterportal.core.api.paging import Paging
from clusterportal.core.api.serializers import PublicSerializer
from clusterportal.core.functions import Fold
from clusterportal.core.languages import active_first

Parameters = list[OpenApiParameter]


class PublicView(APIView):
    """An endpoint with the query parameters `own_parameters()`; any other is refused. It is read-only by default."""

    http_method_names = ["get", "head", "options"]
    renderer_classes = [JsonFormat]
    content_negotiation_class = FormatNegotiation
    parser_classes = []
    metadata_class = None

    def dispatch(self, request, *args, **kwargs):
        self.language = language_of(request)
        with override(self.language.spoken):
            response = super().dispatch(request, *args, **kwargs)
            if isinstance(response, Response):
                response.render()
        response.headers.setdefault("Content-Language", self.language.header)
        patch_vary_headers(response, ["Accept", "Accept-Language"])
        return response

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        if request.method not in self.allowed_methods:
            return  # refused because of its method
        parameters.check(request, self.documented_parameters())
        parameters.chosen_code(request.query_params, "lang", CHOICES)

    def perform_authentication(self, request):
        """Finds out who asks and counts the request, before anything is looked for; who is refused counts too."""
        try:
            super().perform_authentication(request)
        finally:
            self.check_throttles(request)

    def own_parameters(self) -> Parameters:
        return []

    def documented_parameters(self) -> Parameters:
        """Every query parameter of the endpoint, in the order of the documentation."""
        formats = [renderer.format for renderer in self.get_renderers()]
        return [*self.own_parameters(), parameters.LANG, parameters.formats(formats)]

    @cached_property
    def addresses(self) -> Addresses:
        return Addresses(self.request.build_absolute_uri("/"), self.language.spoken)

    def get_serializer_context(self) -> dict:
        return {"request": self.request, "language": self.language, "addresses": self.addresses}


class PublicViewSet(PublicView, GenericViewSet):
    """A list and its entries. Subclasses name the queryset, the serializers and the orderings."""

    pagination_class = Paging
    lookup_field = "slug"
    lookup_url_kwarg = "slug"
    detail_serializer_class: type[PublicSerializer] | None = None
    orderings: dict[str, tuple] = {}

    def list(self, request, **kwargs):
        queryset = self.in_order(self.get_queryset())
        page = self.paginate_queryset(queryset)
        return self.get_paginated_response(self.get_serializer(page, many=True, only=self.only).data)

    def retrieve(self, request, slug, **kwargs):
        record = get_object_or_404(self.get_queryset(), slug=slug)
        return Response(self.get_serializer(record, only=self.only).data)

    def get_serializer_class(self):
        in_detail = self.action == "retrieve" and self.detail_serializer_class
        return self.detail_serializer_class if in_detail else self.serializer_class

    def own_parameters(self) -> Parameters:
        names = self.get_serializer_class().names()
        fields = parameters.codes("fields", gettext_lazy("Only these fields of each entry."), names)
        if self.action == "retrieve":
            return [fields]
        ordering = parameters.parameter(
            "ordering", gettext_lazy("Order of the list; a minus turns it round."), enum=list(self.orderings)
        )
        return [*PAGING, *([ordering] if self.orderings else []), fields]

    @cached_property
    def only(self) -> Sequence[str]:
        """The fields asked for; empty for all."""
        return parameters.chosen_codes(
            self.request.query_params, "fields", self.get_serializer_class().names()
        )

    def in_order(self, queryset):
        """`queryset` in the order asked for, the first of `orderings` by default."""
        given = parameters.chosen_code(self.request.query_params, "ordering", list(self.orderings))
        order: Sequence[str] = self.orderings[given or next(iter(self.orderings))]
        if "name" in order or "-name" in order:
            queryset = queryset.annotate(name_key=Fold(F(active_first("name", self.language.spoken)[0])))
            order = [column.replace("name", "name_key") for column in order]
        return queryset.order_by(*order, "pk")


class MissingView(PublicView):
    """Unknown addresses get a problem document; those that lack only the last slash are redirected."""

    schema = None

    def dispatch(self, request, *args, **kwargs):
        if not request.path_info.endswith("/") and _leads_somewhere(f"{request.path_info}/"):
            return HttpResponsePermanentRedirect(request.get_full_path(force_append_slash=True))
        return super().dispatch(request, *args, **kwargs)

    def initial(self, request, *args, **kwargs):
        raise Http404

    def get(self, request, **kwargs):
        raise Http404


def _leads_somewhere(path: str) -> bool:
    return getattr(resolve(path).func, "cls", None) is not MissingView
