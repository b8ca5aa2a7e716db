"""Which plans somebody works with, and which everybody may see."""

from typing import Self

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet

from clusterportal.clusters.querysets import ClusterRecordQuerySet, is_public_cluster
from clusterportal.clusters.rules import clusters_of, reaches_all_clusters


def _owners(**wanted) -> Exists:
    """Plans with a further owner that is like `wanted`."""
    return Exists(apps.get_model("plans", "PlanOwner").objects.filter(plan=OuterRef("pk"), **wanted))


class ActionPlanQuerySet(ClusterRecordQuerySet):
    def curated_by(self, user) -> Self:
        """The plans that the person sees: led by a cluster of theirs, or one of theirs was asked to take part."""
        if reaches_all_clusters(user):
            return self
        own = clusters_of(user)
        return self.filter(Q(cluster__in=own) | _owners(cluster__in=own))

    def written_by(self, user) -> Self:
        """The plans whose parts the person may change, if their role may: a cluster of theirs leads or agreed."""
        if reaches_all_clusters(user):
            return self
        own = clusters_of(user)
        return self.filter(Q(cluster__in=own) | _owners(cluster__in=own, has_agreed=True))

    def of_cluster(self, cluster) -> Self:
        """The plans that the cluster leads or agreed to take part in."""
        return self.filter(Q(cluster=cluster) | _owners(cluster=cluster, has_agreed=True))

    def asking(self, cluster) -> Self:
        """The plans of other clusters that wait for the answer of this one."""
        return self.filter(_owners(cluster=cluster, has_agreed=False))

    def public(self) -> Self:
        """What a cluster shows on its page, where it released its action plans at all.

        A plan names the cluster that leads it, so it is public only as long as that one is.
        """
        return self.filter(is_public_cluster("cluster"), is_public=True)


class PlanPartQuerySet(QuerySet):
    """Parts of a plan, named by `plan`."""

    def curated_by(self, user) -> Self:
        return self._of(apps.get_model("plans", "ActionPlan").objects.curated_by(user))

    def written_by(self, user) -> Self:
        return self._of(apps.get_model("plans", "ActionPlan").objects.written_by(user))

    def _of(self, plans: ActionPlanQuerySet) -> Self:
        return self.filter(plan__in=plans.values("pk"))


class ActionPartQuerySet(QuerySet):
    """Parts of an action, named by `action`."""

    def curated_by(self, user) -> Self:
        return self.filter(action__in=apps.get_model("plans", "Action").objects.curated_by(user).values("pk"))
