"""Budgets and their lines by the team that keeps them."""

from typing import Self

from django.db.models import QuerySet

from clusterportal.clusters.querysets import ClusterRecordQuerySet
from clusterportal.clusters.rules import clusters_of, reaches_all_clusters

MOST_YEARS = 30  # of one cluster, on a page or in a judgement


class BudgetQuerySet(ClusterRecordQuerySet):
    def newest_of(self, cluster) -> Self:
        """The last years of a cluster with their lines, newest first; two queries."""
        return self.filter(cluster=cluster).order_by("-year").prefetch_related("lines")[:MOST_YEARS]


class BudgetLineQuerySet(QuerySet):
    def curated_by(self, user) -> Self:
        """Lines of the clusters on whose team the person is."""
        return self if reaches_all_clusters(user) else self.filter(budget__cluster__in=clusters_of(user))
