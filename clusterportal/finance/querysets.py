"""Budgets and their lines by the team that keeps them."""

from typing import Self

from clusterportal.clusters.querysets import ClusterRecordQuerySet, OfClustersQuerySet

MOST_YEARS = 30  # of one cluster, on a page or in a judgement


class BudgetQuerySet(ClusterRecordQuerySet):
    def newest_of(self, cluster) -> Self:
        """The last years of a cluster with their lines, newest first; two queries."""
        return self.filter(cluster=cluster).order_by("-year").prefetch_related("lines")[:MOST_YEARS]


class BudgetLineQuerySet(OfClustersQuerySet):
    cluster_path = "budget__cluster"
