"""Moving a proposal from state to state, one person at a time."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from clusterportal.review.enums import DECIDED, MOVES, ProposalState
from clusterportal.review.models import Proposal
from clusterportal.review.rules import can_review


class ReviewError(Exception):
    """What was asked for cannot be done; the message says why, for people."""


class AlreadyMoved(ReviewError):
    """Somebody else was first."""


def locked(proposal: Proposal, *, to: str) -> Proposal:
    """The proposal as it is now, locked until the transaction ends. Raises AlreadyMoved when `to` is no move."""
    current = Proposal.objects.select_for_update(of=("self",)).select_related("actor").get(pk=proposal.pk)
    if to not in MOVES.get(current.state, ()):
        raise AlreadyMoved(_why_not(current))
    return current


def locked_for_review(proposal: Proposal, *, to: str, by) -> Proposal:
    """The same for a reviewer. Raises PermissionDenied when `by` may not decide."""
    if not can_review(by, proposal):
        raise PermissionDenied(_("You may not decide about this proposal."))
    return locked(proposal, to=to)


def move(proposal: Proposal, *, to: str, by=None, reason: str = "") -> None:
    """Writes the new state of a locked proposal, with the reviewer and the time of the decision."""
    proposal.state = to
    if to in DECIDED:
        proposal.decided_at, proposal.reviewer, proposal.reason = timezone.now(), by, reason
    if to == ProposalState.WAITING:
        proposal.waiting_since = proposal.waiting_since or timezone.now()
    proposal.save()


def _why_not(proposal: Proposal) -> str:
    names = {"state": proposal.get_state_display(), "person": str(proposal.reviewer or "")}
    if proposal.is_decided and proposal.reviewer:
        return _("Nothing was done: %(person)s was first. The proposal is already “%(state)s”.") % names
    return _("Nothing was done: the proposal is already “%(state)s”.") % names
