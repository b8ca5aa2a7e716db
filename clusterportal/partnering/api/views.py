"""Requests and offers of actors, for partner sites: the same filters as on the page."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.response import Response

from clusterportal.core.api.parameters import codes, parameter
from clusterportal.core.api.problems import InvalidParameters
from clusterportal.core.api.views import Parameters, PublicViewSet
from clusterportal.core.slugs import as_uid
from clusterportal.partnering.api import examples
from clusterportal.partnering.api.serializers import PartnerSearchDetailSerializer, PartnerSearchSerializer
from clusterportal.partnering.domain.fitting import Fits, fits_of
from clusterportal.partnering.enums import SearchKind, Standing
from clusterportal.partnering.filters import ALL, NAMES, PartnerSearchFilterSet
from clusterportal.partnering.models import PartnerSearch

_REPEATED = ("layer", "area", "topic", "cluster", "actor")


class PartnerSearchViewSet(PublicViewSet):
    """What actors seek and offer; without `state` what can be answered today."""

    about = {
        "list": _("Requests and offers of actors; without `state` those that can be answered"),
        "retrieve": _("One request or offer, with the actors that may fit and why"),
    }
    tag = "partner-search"
    serializer_class = PartnerSearchSerializer
    detail_serializer_class = PartnerSearchDetailSerializer
    orderings = {
        "-published_at": ("-published_at",),
        "deadline": ("deadline", "-published_at"),
        "-updated_at": ("-updated_at",),
    }

    def own_parameters(self) -> Parameters:
        if self.action == "retrieve":
            return super().own_parameters()
        return [
            parameter("kind", _("Request or offer."), enum=SearchKind.values),
            codes("layer", _("Slugs of layers that are sought or offered."), example="applied-research"),
            codes("area", _("Slugs of application areas."), example="health-medtech"),
            codes("topic", _("Slugs of topics."), example="robotik"),
            codes("cluster", _("Slugs of clusters that show the actor as their own."), example="it-cluster"),
            codes("actor", _("Slugs of actors who seek or offer."), example="dfki"),
            parameter(
                "state", _("Whether it can be answered; without it: open."), enum=[*Standing.values, ALL]
            ),
            parameter(
                "deadline_until",
                _("With a deadline on this day or before."),
                {"type": "string", "format": "date"},
                example="2027-01-31",
            ),
            parameter(
                "updated_since",
                _("Only what was changed since this moment; together with `state=all` nothing is missed."),
                {"type": "string", "format": "date-time"},
                example="2026-01-01T00:00:00Z",
            ),
            *super().own_parameters(),
        ]

    def get_serializer_context(self) -> dict:
        return super().get_serializer_context() | {"today": timezone.localdate()}

    def get_queryset(self):
        searches = PartnerSearch.objects.published().for_list()
        if self.action == "retrieve":
            return searches
        given = self.request.query_params.copy()
        for name in _REPEATED:  # several codes may stand in one value
            if name in given:
                values = [one.strip() for value in given.getlist(name) for one in value.split(",")]
                given.setlist(name, [one for one in values if one])
        filterset = PartnerSearchFilterSet(given, queryset=searches)
        if not filterset.is_valid():
            raise InvalidParameters(
                {name: texts for name, texts in filterset.errors.items() if name in NAMES}
            )
        return filterset.qs

    @extend_schema(examples=[OpenApiExample("request", examples.SEARCH, response_only=True)])
    def list(self, request, **kwargs):
        return super().list(request, **kwargs)

    @extend_schema(examples=[OpenApiExample("request", examples.DETAIL, response_only=True)])
    def retrieve(self, request, slug, **kwargs):
        """By its slug or its permanent id."""
        uid = as_uid(slug)
        search = get_object_or_404(self.get_queryset(), **({"uid": uid} if uid else {"slug": slug}))
        is_open = search.standing_on(timezone.localdate()) == Standing.OPEN
        search.fits = fits_of([search])[search.pk] if is_open else Fits()
        return Response(self.get_serializer(search, only=self.only).data)
