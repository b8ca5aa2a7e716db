"""Which clusters everybody may see, and as much of regions as a page needs."""

from typing import Self

from django.db.models import Prefetch, Q, QuerySet

from clusterportal.clusters.rules import clusters_of, reaches_all_clusters
from clusterportal.core.publication import is_published


def is_public_cluster(path: str = "") -> Q:
    """The condition that everybody may see a cluster: the one asked, or the one to which `path` leads."""
    return is_published(path) & Q(**{f"{path}__is_active" if path else "is_active": True})


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


class OfClustersQuerySet(QuerySet):
    """Records that people work with who are on the team of their cluster."""

    cluster_path = "cluster"  # leads from a record to its cluster

    def curated_by(self, user) -> Self:
        """What the person works with: the records of the clusters on whose team they are."""
        if reaches_all_clusters(user):
            return self
        return self.filter(**{f"{self.cluster_path}__in": clusters_of(user)})


class ClusterQuerySet(OfClustersQuerySet):
    cluster_path = "pk"

    def published(self) -> Self:
        """What everybody may see."""
        return self.filter(is_public_cluster())

    def with_region(self) -> Self:
        """Clusters with their regions, whose outlines stay unread."""
        return self.select_related("region").defer("region__outline")


class ClusterRecordQuerySet(OfClustersQuerySet):
    """Records that belong to one cluster, named by `cluster`."""

    def written_by(self, user) -> Self:
        """What the person may change if their role may; the same, unless a record has clusters that only look on."""
        return self.curated_by(user)


class ReleaseQuerySet(ClusterRecordQuerySet):
    def public(self) -> Self:
        """Releases of clusters that everybody may see."""
        return self.filter(is_public_cluster("cluster"))
