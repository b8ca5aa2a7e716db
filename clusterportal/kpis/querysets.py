"""Key performance indicators and their values by the team that keeps them."""

from typing import Self

from clusterportal.clusters.querysets import ClusterRecordQuerySet, OfClustersQuerySet


class KpiQuerySet(ClusterRecordQuerySet):
    def templates(self) -> Self:
        """What belongs to no cluster and is there to be taken over."""
        return self.filter(cluster=None)

    def kept_by(self, cluster) -> Self:
        """What a cluster keeps at present, in the order of the chain."""
        return self.filter(cluster=cluster, is_active=True).order_by("position", "code")


class KpiPartQuerySet(OfClustersQuerySet):
    cluster_path = "kpi__cluster"
