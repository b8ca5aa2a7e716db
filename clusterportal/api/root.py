"""The root of the API: the addresses of all endpoints."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from clusterportal.core.api.views import PublicView

ENDPOINTS = {
    "actors": "actor-list",
    "layers": "layer-list",
    "application_areas": "application-area-list",
    "clusters": "cluster-list",
    "regions": "region-list",
    "topics": "topic-list",
    "relations": "relation-list",
    "partner_searches": "partner-search-list",
    "news": "news-list",
    "events": "event-list",
    "success_stories": "success-story-list",
    "changes": "changes",
    "stream": "stream",
    "snapshot": "snapshot",
    "vocabulary": "vocabulary-list",
    "catalog": "catalogue",
    "dumps": "dumps",
    "lookup": "lookup",
    "actors_bulk": "actor-bulk",
    "submissions": "submissions",
    "map": "map",
    "matrix": "matrix",
    "suggest": "suggest",
    "reconcile": "reconcile",
    "schema": "schema",
    "docs": "docs",
}


class RootView(PublicView):
    """The addresses of all endpoints."""

    about = _("The addresses of all endpoints")
    tag = "start"

    @extend_schema(
        operation_id="root",
        responses={(200, "application/json"): {"type": "object", "additionalProperties": {"type": "string"}}},
    )
    def get(self, request):
        return Response({name: self.addresses.of(f"api:{view}") for name, view in ENDPOINTS.items()})
