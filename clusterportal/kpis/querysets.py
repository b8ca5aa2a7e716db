"""Key performance indicators and their values by the team that keeps them."""

from typing import Self

from django.db.models import QuerySet

from clusterportal.clusters.querysets import ClusterRecordQuerySet
from clusterportal.clusters.rules import clusters_of, reaches_all_clusters


class KpiQuerySet(ClusterRecordQuerySet):
    def templates(self) -> Self:
        """What belongs to no cluster and is there to be taken over."""
        return self.filter(cluster=None)

    def kept_by(self, cluster) -> Self:
        """What a cluster keeps at present, in the order of the chain."""
        return self.filter(cluster=cluster, is_active=True).order_by("position", "code")


class KpiPartQuerySet(QuerySet):
    def curated_by(self, user) -> Self:
        """Values and targets of the clusters on whose team the person is."""
        return self if reaches_all_clusters(user) else self.filter(kpi__cluster__in=clusters_of(user))
