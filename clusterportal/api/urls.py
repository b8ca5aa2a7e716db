"""Every endpoint of the API on one screen."""

from django.urls import path, re_path

from actors.api.map import MapView
from actors.api.matrix import MatrixView
from actors.api.relations import RelationViewSet
from actors.api.suggest import SuggestView
from actors.api.taxonomies import (
    ApplicationAreaViewSet,
    ClusterViewSet,
    LayerViewSet,
    RegionViewSet,
    TopicViewSet,
)
from actors.api.viewsets import ActorViewSet
from clusterportal.api.docs import DocsView
from clusterportal.api.root import RootView
from clusterportal.api.schema import SchemaView
from clusterportal.core.api.views import MissingView

app_name = "api"

LIST, DETAIL = {"get": "list"}, {"get": "retrieve"}

urlpatterns = [
    path("", RootView.as_view(), name="root"),
    path("actors/", ActorViewSet.as_view(LIST), name="actor-list"),
    path("actors/<slug:slug>/", ActorViewSet.as_view(DETAIL), name="actor-detail"),
    path("layers/", LayerViewSet.as_view(LIST), name="layer-list"),
    path("layers/<slug:slug>/", LayerViewSet.as_view(DETAIL), name="layer-detail"),
    path("application-areas/", ApplicationAreaViewSet.as_view(LIST), name="application-area-list"),
    path(
        "application-areas/<slug:slug>/",
        ApplicationAreaViewSet.as_view(DETAIL),
        name="application-area-detail",
    ),
    path("clusters/", ClusterViewSet.as_view(LIST), name="cluster-list"),
    path("clusters/<slug:slug>/", ClusterViewSet.as_view(DETAIL), name="cluster-detail"),
    path("regions/", RegionViewSet.as_view(LIST), name="region-list"),
    path("regions/<slug:slug>/", RegionViewSet.as_view(DETAIL), name="region-detail"),
    path("topics/", TopicViewSet.as_view(LIST), name="topic-list"),
    path("topics/<slug:slug>/", TopicViewSet.as_view(DETAIL), name="topic-detail"),
    path("relations/", RelationViewSet.as_view(LIST), name="relation-list"),
    path("map/", MapView.as_view(), name="map"),
    path("matrix/", MatrixView.as_view(), name="matrix"),
    path("suggest/", SuggestView.as_view(), name="suggest"),
    path("schema/", SchemaView.as_view(), name="schema"),
    path("docs/", DocsView.as_view(), name="docs"),
    re_path(r"^[\s\S]*$", MissingView.as_view(), name="missing"),
]
