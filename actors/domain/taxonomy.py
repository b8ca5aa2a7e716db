"""Layers, areas, clusters and regions as pages, filters and counts know them: read once a version of the data."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.utils.translation import get_language

from applications.models import ApplicationArea, AreaSynonym
from clusterportal.clusters.models import Cluster, Region
from clusterportal.history.data_version import current_version
from layers.models import Layer

_kept: dict[str, tuple[str, Any]] = {}  # what was read, by name, with the version of the data it is of


class Taxonomy:
    """The vocabulary of a request. A list is one query where its process has not read it since the last commit.

    The entries are shared by all requests and must stay as they are.
    """

    @cached_property
    def version(self) -> str | None:
        """The version of the data that this request began with; None inside a transaction."""
        return current_version()

    @cached_property
    def layers(self) -> list[Layer]:
        return self._entries("layers", lambda: Layer.objects.order_by("position"))

    @cached_property
    def areas(self) -> list[ApplicationArea]:
        return self._entries("areas", lambda: ApplicationArea.objects.active().order_by("position", "slug"))

    @cached_property
    def area_synonyms(self) -> dict[int, list[AreaSynonym]]:
        """Other words for areas, by the key of the area."""
        words: dict[int, list[AreaSynonym]] = {}
        for word in self._entries("area_synonyms", lambda: AreaSynonym.objects.order_by("area", "key")):
            words.setdefault(word.area_id, []).append(word)
        return words

    @cached_property
    def clusters(self) -> list[Cluster]:
        clusters = Cluster.objects.published
        return self._entries("clusters", lambda: clusters().with_region().order_by("position", "slug"))

    @cached_property
    def regions(self) -> list[Region]:
        return self._entries("regions", Region.objects.without_outline)

    def names(self, part: str) -> dict[str, str]:
        """The names of the `layers`, `areas` or `clusters` in the language of the moment, by slug, in their order."""
        return self.once(
            f"{part} {get_language()}", lambda: {one.slug: str(one.name) for one in getattr(self, part)}
        )

    def _entries(self, name: str, queryset: Callable) -> list:
        return list(self.once(name, lambda: list(queryset())))

    def once(self, name: str, read: Callable) -> Any:
        """What `read` gives, kept under this name until the next commit. Nobody changes what is in it."""
        if self.version is None:
            return read()
        kept = _kept.get(name)
        if kept is None or kept[0] != self.version:
            # What is read now is of this version or later; a later commit makes another one and is read again.
            kept = _kept[name] = (self.version, read())
        return kept[1]
