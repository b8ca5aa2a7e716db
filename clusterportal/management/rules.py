"""Whose cockpit it is, and who sees whose."""

from clusterportal.clusters.models import Release
from clusterportal.clusters.rules import can_manage


def can_see_cockpit(user, cluster) -> bool:
    """The team of the cluster, as far as it sees what the management keeps, and administrators."""
    return can_manage(user, Release(cluster=cluster), "view")


def can_release(user, cluster) -> bool:
    """May the person say what the public sees of the cluster's management?"""
    return can_manage(user, Release(cluster=cluster), "change")
