"""Permissions of review: predicates that admin, pages and domain call."""

from actors.rules import can_edit, can_publish, reaches_all
from clusterportal.clusters.rules import clusters_of
from clusterportal.review.enums import ProposalKind, RepresentationState


def can_see(user, proposal) -> bool:
    """Staff who may edit the actor see proposals about it.

    The team of the requested cluster sees new entries, and alone sees who applies for admission to it.
    """
    if _asks_a_cluster(proposal):
        return can_edit(user) and _is_concerned(user, proposal)
    return proposal.actor is not None and can_edit(user, proposal.actor)


def can_review(user, proposal) -> bool:
    """To decide is to publish: only for users who may publish the actor, or a new one in the requested cluster."""
    if _asks_a_cluster(proposal):
        return can_publish(user) and _is_concerned(user, proposal)
    return proposal.actor is not None and can_publish(user, proposal.actor)


def can_represent(user, actor) -> bool:
    """May the person speak for the actor? Only whose claim was accepted."""
    return (
        user.is_active
        and actor.representations.filter(user=user.pk, state=RepresentationState.ACTIVE).exists()
    )


def is_trusted(actor) -> bool:
    """Does a cluster of the actor let its representatives write without review?"""
    return actor.memberships.filter(is_cleared=True, cluster__trusts_representatives=True).exists()


def _asks_a_cluster(proposal) -> bool:
    is_new = proposal.kind == ProposalKind.NEW and proposal.actor_id is None
    return is_new or proposal.kind == ProposalKind.ADMISSION


def _is_concerned(user, proposal) -> bool:
    return reaches_all(user) or proposal.cluster_id in clusters_of(user)
