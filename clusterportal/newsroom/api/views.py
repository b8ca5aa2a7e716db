"""News, events and success stories for partner sites: the filters of their pages."""

from django.db.models import F
from django.http import HttpResponsePermanentRedirect
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework.exceptions import NotFound
from rest_framework.response import Response

from clusterportal.core.api.paging import ExamplePaging
from clusterportal.core.api.parameters import codes, parameter
from clusterportal.core.api.problems import Gone, InvalidParameters
from clusterportal.core.api.views import Parameters, PublicViewSet
from clusterportal.core.languages import LANGUAGE_CODES
from clusterportal.core.slugs import as_uid
from clusterportal.history.former_addresses import slug_today
from clusterportal.newsroom.api import examples
from clusterportal.newsroom.api.serializers import ContributionDetailSerializer, ContributionSerializer
from clusterportal.newsroom.enums import EventKind, Kind
from clusterportal.newsroom.filters import (
    NEWS_KINDS,
    ContributionFilterSet,
    NewsFilterSet,
    PeriodFilterSet,
    StoryFilterSet,
)
from clusterportal.newsroom.models import Contribution

_NEWEST = {
    "-date": (F("year").desc(nulls_last=True), F("date").desc(nulls_last=True)),
    "date": ("year", "date"),
    "-announced_at": ("-announced_at",),
    "-updated_at": ("-updated_at",),
    "updated_at": ("updated_at",),
}


def _shown(example: dict):
    """The example of a list and of one of its records."""
    whole = example | examples.IN_DETAIL
    return extend_schema_view(
        list=extend_schema(examples=[OpenApiExample("example", example, response_only=True)]),
        retrieve=extend_schema(examples=[OpenApiExample("example", whole, response_only=True)]),
    )


class ContributionViewSet(PublicViewSet):
    """Published contributions of the kinds of a list; `answers_to` are those that a record may have."""

    tag = "newsroom"
    pagination_class = ExamplePaging
    serializer_class = ContributionSerializer
    detail_serializer_class = ContributionDetailSerializer
    orderings = _NEWEST
    filters: type[ContributionFilterSet] = ContributionFilterSet
    answers_to: tuple[str, ...] = ()
    kinds: list[str] = []

    def own_parameters(self) -> Parameters:
        if self.action == "retrieve":
            return super().own_parameters()
        kind = [codes("kind", _("Kinds."), self.kinds)] if self.kinds else []
        return [
            codes("cluster", _("Slugs of clusters that are named."), example="it-cluster"),
            codes("area", _("Slugs of application areas."), example="health-medtech"),
            codes("actor", _("Slugs of actors that are named."), example="dfki"),
            *kind,
            codes("year", _("Years."), example="2026"),
            codes("language", _("Only what is written in one of these languages."), LANGUAGE_CODES),
            parameter(
                "updated_since",
                _("Only what was changed since this moment. What was withdrawn is told by `changes/`."),
                {"type": "string", "format": "date-time"},
                example="2026-01-01T00:00:00Z",
            ),
            *super().own_parameters(),
        ]

    def get_queryset(self):
        filterset = self.filters(self.request.query_params)
        if not filterset.is_valid():
            raise InvalidParameters(filterset.errors)
        return filterset.qs.with_names()

    def list(self, request, **kwargs):
        return super().list(request, **kwargs)

    def retrieve(self, request, slug, **kwargs):
        """By its slug or its permanent id; a former slug leads on, and what was withdrawn is gone."""
        of_kind = Contribution.objects.of_kind(*self.answers_to)
        published = of_kind.published().with_parts()
        uid = as_uid(slug)
        found = published.filter(**({"uid": uid} if uid else {"slug": slug})).first()
        if found is not None:
            return Response(self.get_serializer(found, only=self.only).data)
        today = slug if uid else slug_today(Contribution, slug)
        if today != slug and published.filter(slug=today).exists():
            address = self.addresses.of(request.resolver_match.view_name, today)
            question = request.META.get("QUERY_STRING", "")
            return HttpResponsePermanentRedirect(f"{address}?{question}" if question else address)
        known = {"uid": uid} if uid else {"slug": today}
        if of_kind.filter(**known, published_at__isnull=False).exists():
            raise Gone
        raise NotFound


@_shown(examples.NEWS)
class NewsViewSet(ContributionViewSet):
    about = {
        "list": _("News, success stories, publications and calls"),
        "retrieve": _("One contribution, of whatever kind: the change feed leads here"),
    }
    filters = NewsFilterSet
    answers_to = tuple(Kind.values)
    kinds = [*NEWS_KINDS]


@_shown(examples.EVENT)
class EventViewSet(ContributionViewSet):
    about = {"list": _("Events, past ones too"), "retrieve": _("One event")}
    filters = PeriodFilterSet
    answers_to = (Kind.EVENT,)
    kinds = EventKind.values
    orderings = {"-starts_at": ("-starts_at",), "starts_at": ("starts_at",), **_NEWEST}

    def own_parameters(self) -> Parameters:
        if self.action == "retrieve":
            return super().own_parameters()
        day = {"type": "string", "format": "date"}
        return [
            parameter("since", _("Only what is not over before this day."), day, example="2026-01-01"),
            parameter("until", _("Only what begins on this day or before."), day, example="2026-12-31"),
            *super().own_parameters(),
        ]


@_shown(examples.STORY)
class SuccessStoryViewSet(ContributionViewSet):
    about = {"list": _("The series of success stories"), "retrieve": _("One success story")}
    filters = StoryFilterSet
    answers_to = (Kind.SUCCESS_STORY,)
    orderings = {"-number": ("-number",), "number": ("number",), **_NEWEST}
