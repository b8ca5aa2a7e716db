"""Layers, areas, clusters and regions as pages, filters and counts know them: read once per state of the registry."""

from functools import cached_property

from applications.models import ApplicationArea
from clusterportal.clusters.models import Cluster, Region
from clusterportal.history.data_version import quick_stamp
from layers.models import Layer

_kept: dict[str, tuple[str, list]] = {}  # entries by name, with the state of which they are


class Taxonomy:
    """The vocabulary of a request. A list is one query where its process has not read it since the last commit.

    The entries are shared by all requests and must stay as they are.
    """

    @cached_property
    def stamp(self) -> str | None:
        """The state of the registry that this request began with; None inside a transaction."""
        stamp = quick_stamp()
        return stamp.decode() if stamp else None

    @cached_property
    def layers(self) -> list[Layer]:
        return self._entries("layers", Layer.objects.order_by("position"))

    @cached_property
    def areas(self) -> list[ApplicationArea]:
        return self._entries("areas", ApplicationArea.objects.active().order_by("position", "slug"))

    @cached_property
    def clusters(self) -> list[Cluster]:
        clusters = Cluster.objects.published().select_related("region").defer("region__outline")
        return self._entries("clusters", clusters.order_by("position", "slug"))

    @cached_property
    def regions(self) -> list[Region]:
        return self._entries("regions", Region.objects.defer("outline"))

    def _entries(self, name: str, queryset) -> list:
        if self.stamp is None:
            return list(queryset)
        kept = _kept.get(name)
        if kept is None or kept[0] != self.stamp:
            # What is read now is of the stamp or later; a later commit has another stamp and is read again.
            kept = _kept[name] = (self.stamp, list(queryset))
        return list(kept[1])
