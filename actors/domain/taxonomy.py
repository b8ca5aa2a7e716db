"""Layers, areas and clusters as the filters, facets and the matrix know them: read once per question."""

from functools import cached_property

from applications.models import ApplicationArea
from clusterportal.clusters.models import Cluster
from layers.models import Layer


class Taxonomy:
    """The vocabulary of a request. Each list is one query, on first use."""

    @cached_property
    def layers(self) -> list[Layer]:
        return list(Layer.objects.order_by("position"))

    @cached_property
    def areas(self) -> list[ApplicationArea]:
        return list(ApplicationArea.objects.active().order_by("position", "slug"))

    @cached_property
    def clusters(self) -> list[Cluster]:
        clusters = Cluster.objects.published().select_related("region").defer("region__outline")
        return list(clusters.order_by("position", "slug"))
