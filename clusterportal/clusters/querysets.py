"""Which clusters everybody may see, and as much of regions as a page needs."""

from typing import Self

from django.db.models import Prefetch, QuerySet

from clusterportal.core.publication import PublicationState


class RegionQuerySet(QuerySet):
    def without_outline(self) -> Self:
        """Outlines are long: they are read only where they are drawn."""
        return self.defer("outline")

    def with_public_clusters(self) -> Self:
        """Regions with their published clusters in `public_clusters`."""
        clusters: ClusterQuerySet = ClusterQuerySet(
            self.model._meta.get_field("clusters").related_model
        ).published()
        return self.prefetch_related(Prefetch("clusters", clusters, to_attr="public_clusters"))


class ClusterQuerySet(QuerySet):
    def published(self) -> Self:
        """What everybody may see."""
        return self.filter(state=PublicationState.PUBLISHED, is_active=True)

    def with_region(self) -> Self:
        """Clusters with their regions, whose outlines stay unread."""
        return self.select_related("region").defer("region__outline")
