"""Every endpoint of the API on one screen."""

from functools import partial

from django.urls import path, re_path

from actors.api.lookup_many import LookupView
from actors.api.map import MapView
from actors.api.matrix import MatrixView
from actors.api.relations import RelationViewSet
from actors.api.suggest import SuggestView
from actors.api.topics import TopicViewSet
from actors.api.viewsets import ActorViewSet
from actors.domain.term_nouns import address_today
from actors.enums import TermNoun
from actors.facets import actor_counts
from applications.api import ApplicationAreaViewSet
from clusterportal.api.docs import DocsView
from clusterportal.api.root import RootView
from clusterportal.api.schema import SchemaView
from clusterportal.clusters.api import ClusterViewSet, RegionViewSet
from clusterportal.core.api.views import MissingView
from clusterportal.partners.api.changes import ChangesView
from clusterportal.partners.api.dumps import DumpsView, DumpView
from clusterportal.partners.api.snapshot import SnapshotView
from clusterportal.partners.api.stream import StreamView
from layers.api import LayerViewSet

app_name = "api"


def list_and_detail(address: str, viewset, *, name: str, **options) -> list:
    """The list at `address` and each entry behind it by its slug; `options` are attributes of the viewset."""
    return [
        path(f"{address}/", viewset.as_view({"get": "list"}, **options), name=f"{name}-list"),
        path(
            f"{address}/<slug:slug>/", viewset.as_view({"get": "retrieve"}, **options), name=f"{name}-detail"
        ),
    ]


urlpatterns = [
    path("", RootView.as_view(), name="root"),
    *list_and_detail("actors", ActorViewSet, name="actor"),
    # Layers, areas, clusters and regions know no actors: here they are told how many each of them has.
    *list_and_detail("layers", LayerViewSet, name="layer", count_actors=actor_counts.by("layer")),
    *list_and_detail(
        "application-areas",
        ApplicationAreaViewSet,
        name="application-area",
        count_actors=actor_counts.by("area"),
        address_today=partial(address_today, TermNoun.AREA),
    ),
    *list_and_detail("clusters", ClusterViewSet, name="cluster", count_actors=actor_counts.by("cluster")),
    *list_and_detail("regions", RegionViewSet, name="region", count_actors=actor_counts.by_region),
    *list_and_detail(
        "topics",
        TopicViewSet,
        name="topic",
        count_actors=actor_counts.by("topic"),
        address_today=partial(address_today, TermNoun.TOPIC),
    ),
    path("relations/", RelationViewSet.as_view({"get": "list"}), name="relation-list"),
    path("changes/", ChangesView.as_view(), name="changes"),
    path("changes/stream/", StreamView.as_view(), name="stream"),
    path("snapshot/", SnapshotView.as_view(), name="snapshot"),
    path("dumps/", DumpsView.as_view(), name="dumps"),
    path("dumps/<slug:slug>/", DumpView.as_view(), name="dump-detail"),
    path("lookup/", LookupView.as_view(), name="lookup"),
    path("map/", MapView.as_view(), name="map"),
    path("matrix/", MatrixView.as_view(), name="matrix"),
    path("suggest/", SuggestView.as_view(), name="suggest"),
    path("schema/", SchemaView.as_view(), name="schema"),
    path("docs/", DocsView.as_view(), name="docs"),
    re_path(r"^[\s\S]*$", MissingView.as_view(), name="missing"),
]
