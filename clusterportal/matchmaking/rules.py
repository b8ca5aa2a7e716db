"""Who organises an event: the team of its cluster, with the permission to change events."""

from clusterportal.clusters.rules import can_manage


def can_organise(user, event) -> bool:
    """Plans, announces, checks in and records what came of the talks."""
    return can_manage(user, event, "change")


def can_see_talks(user, event) -> bool:
    """Registrations, wishes and talks of an event are for its organisers alone, and for those who may see them."""
    return can_manage(user, event, "view")
