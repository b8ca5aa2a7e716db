"""What reviewers do: accept all or some of it, ask back, reject."""

import uuid
from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from actors.models import Actor
from clusterportal.core.publication import PublicationState
from clusterportal.review.domain import mails
from clusterportal.review.domain.actor_columns import record_of
from clusterportal.review.domain.differences import as_it_stands, changes_of, row_of
from clusterportal.review.domain.moves import ReviewError, locked_for_review, move
from clusterportal.review.domain.proposal_writing import write
from clusterportal.review.domain.representatives import grant
from clusterportal.review.domain.subjects import Subject, subject_of
from clusterportal.review.enums import ProposalKind, ProposalState, Side
from clusterportal.review.models import Proposal, ProposalNote


class ChangedMeanwhile(ReviewError):
    """The reviewer decided about something that is no longer so."""


def version_of(proposal: Proposal) -> str:
    """What a reviewer has in view; it changes with the proposal and with the actor."""
    moments = [proposal.updated_at, proposal.actor.updated_at if proposal.actor else None]
    return "/".join(moment.isoformat() for moment in moments if moment)


@transaction.atomic
def accept(
    *,
    proposal: Proposal,
    by,
    columns: Collection[str] | None = None,
    edited: dict | None = None,
    state: str = PublicationState.PUBLISHED,
    seen: str | None = None,
    at: datetime | None = None,
) -> Actor:
    """Writes the changes whose keys stand in `columns` (all, if None) into the registry and tells the proposer.

    `edited`: values by column that the reviewer put in place of the proposed ones. `state`: of a new entry.
    `seen`: the version in front of the reviewer. `at`: the moment from which everybody sees it, where the subject of
    the proposal can wait for it. Raises PermissionDenied, AlreadyMoved, ChangedMeanwhile,
    CannotWrite, ReviewError; then nothing is written.
    """
    proposal = locked_for_review(proposal, to=ProposalState.ACCEPTED, by=by)
    if proposal.actor_id:
        proposal.actor = Actor.objects.select_for_update(of=("self",)).get(pk=proposal.actor_id)
    if seen is not None and seen != version_of(proposal):
        raise ChangedMeanwhile(
            _(
                "Nothing was done: the entry or the proposal was changed after you opened this page. Look again."
            )
        )
    if proposal.kind == ProposalKind.CLAIM:
        return _accept_claim(proposal, by)
    if subject := subject_of(proposal):
        return _accept_subject(proposal, subject, by, at)
    today = record_of(proposal.actor) if proposal.actor else {}
    with override(proposal.language):  # the proposer will read them
        changes = changes_of(proposal, today=today)
    chosen = [change for change in changes if columns is None or change.key in columns]
    if not chosen and changes:
        raise ReviewError(_("Nothing is chosen. Choose what to accept, or reject the proposal."))
    row = row_of(chosen, today=today) | (edited or {})
    proposal.actor = _write(proposal, row, by=by, state=state)
    is_whole = len(chosen) == len(changes)
    move(proposal, to=ProposalState.ACCEPTED if is_whole else ProposalState.PARTLY_ACCEPTED, by=by)
    left = [change for change in changes if change not in chosen]
    stands = record_of(proposal.actor)
    with override(proposal.language):
        taken = [as_it_stands(change, stands) for change in chosen]
    mails.decided(proposal, accepted=taken, left=left)
    return proposal.actor


def _write(proposal: Proposal, row: dict, *, by, state: str) -> Actor:
    if proposal.actor:
        return write(uid=proposal.actor.uid, row=row, by=by, consent=proposal.consent)
    row |= {"publication": state, "verified_on": timezone.localdate().isoformat()}
    return write(uid=uuid.uuid4(), row=row, by=by, consent=proposal.consent)


def _accept_claim(proposal: Proposal, by) -> Actor:
    assert proposal.actor is not None  # the database lets no claim be without
    grant(proposal=proposal, by=by)
    move(proposal, to=ProposalState.ACCEPTED, by=by)
    return proposal.actor


def _accept_subject(proposal: Proposal, subject: Subject, by, at: datetime | None) -> Actor:
    assert proposal.actor is not None  # as above
    planned = {"at": at} if subject.can_wait else {}
    with override(proposal.language):
        address = subject.accept(proposal=proposal, by=by, **planned)
    move(proposal, to=ProposalState.ACCEPTED, by=by)
    mails.decided(proposal, address=address, at=planned.get("at"))
    return proposal.actor


@transaction.atomic
def ask_back(*, proposal: Proposal, question: str, by) -> None:
    """Asks the proposer; the proposal stays open. Raises PermissionDenied, AlreadyMoved."""
    proposal = locked_for_review(proposal, to=ProposalState.ASKED_BACK, by=by)
    ProposalNote.objects.create(proposal=proposal, side=Side.REVIEWER, text=question)
    move(proposal, to=ProposalState.ASKED_BACK)
    mails.asked_back(proposal, question)


@transaction.atomic
def reject(*, proposal: Proposal, reason: str, by) -> None:
    """Turns the proposal down and tells the proposer why. Raises PermissionDenied, AlreadyMoved."""
    proposal = locked_for_review(proposal, to=ProposalState.REJECTED, by=by)
    move(proposal, to=ProposalState.REJECTED, by=by, reason=reason)
    if subject := subject_of(proposal):
        subject.turn_down(proposal=proposal)
    mails.decided(proposal)
