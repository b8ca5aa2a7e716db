"""Whose cockpit it is, and who sees whose."""

from clusterportal.clusters.models import Release
from clusterportal.clusters.rules import can_manage, clusters_of


def can_see_cockpit(user, cluster) -> bool:
    """The team of the cluster, as far as it sees what the management keeps, and administrators."""
    return can_manage(user, Release(cluster=cluster), "view")


def can_release(user, cluster) -> bool:
    """May the person say what the public sees of the cluster's management?"""
    return can_manage(user, Release(cluster=cluster), "change")


def begins_in_cockpit(user) -> bool:
    """Managers of a cluster see its cockpit first; administrators and editors the whole registry."""
    return not user.is_superuser and user.has_perm("clusters.change_release") and bool(clusters_of(user))
