"""Who may do what with a contribution: predicates that admin, pages and domain all call.

Managers write and publish what belongs to their clusters, editors draft and submit, viewers read.
"""

from clusterportal.clusters.rules import reaches_all_clusters, reaches_cluster
from clusterportal.core.publication import PublicationState


def can_view(user, contribution=None) -> bool:
    return _may(user, "view", contribution)


def can_edit(user, contribution=None) -> bool:
    """What everybody sees is changed by those alone who may publish it."""
    if not _may(user, "change", contribution):
        return False
    is_public = contribution is not None and contribution.state == PublicationState.PUBLISHED
    return not is_public or can_publish(user, contribution)


def can_publish(user, contribution=None) -> bool:
    return _may(user, "publish", contribution)


def can_delete(user, contribution=None) -> bool:
    """What everybody sees is withdrawn first, so that readers, calendars and copies hear of it."""
    is_public = contribution is not None and contribution.state == PublicationState.PUBLISHED
    return _may(user, "delete", contribution) and not is_public


def _may(user, verb: str, contribution) -> bool:
    is_allowed = user.is_active and user.is_staff and user.has_perm(f"newsroom.{verb}_contribution")
    return is_allowed and (contribution is None or _reaches(user, contribution))


def _reaches(user, contribution) -> bool:
    """What belongs to no cluster is the administrators'; a new one will belong to a cluster of the person."""
    if contribution.owner_cluster_id is None:
        return contribution.pk is None or reaches_all_clusters(user)
    return reaches_cluster(user, contribution.owner_cluster_id)
