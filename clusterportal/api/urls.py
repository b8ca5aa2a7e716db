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
from clusterportal.api.writing.views import BulkView, SubmissionsView, SubmissionView, WritableActorViewSet
from clusterportal.clusters.api import ClusterViewSet, RegionViewSet, was_public
from clusterportal.clusters.models import Cluster
from clusterportal.core.api.views import MissingView
from clusterportal.history.former_addresses import slug_today
from clusterportal.labels.api import ClusterLabelsView
from clusterportal.linked_data.api.catalogue import CatalogueView
from clusterportal.linked_data.api.vocabulary import VocabulariesView, VocabularyView
from clusterportal.linked_data.domain import clusters, concepts
from clusterportal.management.api import IndicatorsView
from clusterportal.matching.api.preview import FlyoutView, PreviewView
from clusterportal.matching.api.reconcile import ReconcileView
from clusterportal.matching.api.suggesting import (
    ProposedPropertiesView,
    SuggestEntityView,
    SuggestPropertyView,
    SuggestTypeView,
)
from clusterportal.network.api.views import NetworkView, ProjectViewSet
from clusterportal.newsroom.api.views import EventViewSet, NewsViewSet, SuccessStoryViewSet
from clusterportal.partnering.api.views import PartnerSearchViewSet
from clusterportal.partners.api.actor_changes import ActorChangesView
from clusterportal.partners.api.changes import ChangesView
from clusterportal.partners.api.dumps import DumpsView, DumpView
from clusterportal.partners.api.snapshot import SnapshotView
from clusterportal.partners.api.stream import StreamView
from layers.api import LayerViewSet
from layers.models import Layer

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
    path("actors/", ActorViewSet.as_view({"get": "list"}), name="actor-list"),
    path("actors/bulk/", BulkView.as_view(), name="actor-bulk"),
    path(
        "actors/<slug:slug>/",
        WritableActorViewSet.as_view({"get": "retrieve", "patch": "partial_update", "put": "update"}),
        name="actor-detail",
    ),
    path("actors/<slug:slug>/changes/", ActorChangesView.as_view(), name="actor-changes-detail"),
    path("submissions/", SubmissionsView.as_view(), name="submissions"),
    path("submissions/<slug:slug>/", SubmissionView.as_view(), name="submission-detail"),
    # Layers, areas, clusters and regions know no actors: here they are told how many each of them has, and how each
    # is described in linked data.
    *list_and_detail(
        "layers",
        LayerViewSet,
        name="layer",
        count_actors=actor_counts.by("layer"),
        address_today=partial(slug_today, Layer),
        describe=concepts.document_of(concepts.of_layer),
    ),
    *list_and_detail(
        "application-areas",
        ApplicationAreaViewSet,
        name="application-area",
        count_actors=actor_counts.by("area"),
        address_today=partial(address_today, TermNoun.AREA),
        describe=concepts.document_of(concepts.of_area),
    ),
    *list_and_detail(
        "clusters",
        ClusterViewSet,
        name="cluster",
        count_actors=actor_counts.by("cluster"),
        address_today=partial(slug_today, Cluster),
        was_public=was_public,
        describe=clusters.of_cluster,
    ),
    path("clusters/<slug:slug>/indicators/", IndicatorsView.as_view(), name="cluster-indicators-detail"),
    path("clusters/<slug:slug>/network/", NetworkView.as_view(), name="cluster-network-detail"),
    path(
        "clusters/<slug:slug>/projects/",
        ProjectViewSet.as_view({"get": "list"}),
        name="cluster-projects-detail",
    ),
    path("clusters/<slug:slug>/labels/", ClusterLabelsView.as_view(), name="cluster-labels-detail"),
    *list_and_detail("regions", RegionViewSet, name="region", count_actors=actor_counts.by_region),
    *list_and_detail(
        "topics",
        TopicViewSet,
        name="topic",
        count_actors=actor_counts.by("topic"),
        address_today=partial(address_today, TermNoun.TOPIC),
        describe=concepts.document_of(concepts.of_topic),
    ),
    path("relations/", RelationViewSet.as_view({"get": "list"}), name="relation-list"),
    *list_and_detail("partner-searches", PartnerSearchViewSet, name="partner-search"),
    *list_and_detail("news", NewsViewSet, name="news"),
    *list_and_detail("events", EventViewSet, name="event"),
    *list_and_detail("success-stories", SuccessStoryViewSet, name="success-story"),
    path("changes/", ChangesView.as_view(), name="changes"),
    path("changes/stream/", StreamView.as_view(), name="stream"),
    path("snapshot/", SnapshotView.as_view(), name="snapshot"),
    path("vocabulary/", VocabulariesView.as_view(), name="vocabulary-list"),
    path("vocabulary/<slug:slug>/", VocabularyView.as_view(), name="vocabulary-detail"),
    path("catalog/", CatalogueView.as_view(), name="catalogue"),
    path("dumps/", DumpsView.as_view(), name="dumps"),
    path("dumps/<slug:slug>/", DumpView.as_view(), name="dump-detail"),
    path("lookup/", LookupView.as_view(), name="lookup"),
    path("map/", MapView.as_view(), name="map"),
    path("matrix/", MatrixView.as_view(), name="matrix"),
    path("suggest/", SuggestView.as_view(), name="suggest"),
    path("reconcile/", ReconcileView.as_view(), name="reconcile"),
    path("reconcile/suggest/entity/", SuggestEntityView.as_view(), name="reconcile-entity"),
    path("reconcile/suggest/type/", SuggestTypeView.as_view(), name="reconcile-type"),
    path("reconcile/suggest/property/", SuggestPropertyView.as_view(), name="reconcile-property"),
    path("reconcile/properties/", ProposedPropertiesView.as_view(), name="reconcile-proposed"),
    path("reconcile/preview/", PreviewView.as_view(), name="reconcile-preview"),
    path("reconcile/flyout/", FlyoutView.as_view(), name="reconcile-flyout"),
    path("schema/", SchemaView.as_view(), name="schema"),
    path("docs/", DocsView.as_view(), name="docs"),
    re_path(r"^[\s\S]*$", MissingView.as_view(), name="missing"),
]
