"""Who may do what with an action plan: the teams of all its clusters see it, managers of those that agreed write it."""

from clusterportal.clusters.rules import can_manage, clusters_of, reaches_all_clusters


def _may(user, verb: str, model: str) -> bool:
    return user.is_active and user.is_staff and user.has_perm(f"plans.{verb}_{model}")


def can_see(user, plan) -> bool:
    """The team of the leading cluster and those of all clusters that were asked to take part."""
    if not _may(user, "view", "actionplan"):
        return False
    return reaches_all_clusters(user) or bool(_all_clusters(plan) & clusters_of(user))


def can_write(user, plan) -> bool:
    """Managers of the leading cluster, and of those that agreed to take part."""
    if not _may(user, "change", "actionplan"):
        return False
    return reaches_all_clusters(user) or bool(_agreed_clusters(plan) & clusters_of(user))


def can_delete(user, plan) -> bool:
    """Only the leading cluster gives up the plan."""
    return can_manage(user, plan, "delete")


def can_agree(user, owner) -> bool:
    """May the person say for the cluster of this `PlanOwner` that it takes part?"""
    if not _may(user, "change", "planowner"):
        return False
    return reaches_all_clusters(user) or owner.cluster_id in clusters_of(user)


def _all_clusters(plan) -> frozenset[int]:
    return frozenset({plan.cluster_id, *(owner.cluster_id for owner in plan.owners.all())})


def _agreed_clusters(plan) -> frozenset[int]:
    return frozenset({plan.cluster_id, *(one.cluster_id for one in plan.owners.all() if one.has_agreed)})
