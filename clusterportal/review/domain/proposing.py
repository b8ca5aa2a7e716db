"""What proposers do: propose, confirm the e-mail, answer, withdraw."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from actors.columns.parts import CONTACTS
from clusterportal.accounts.models import User
from clusterportal.core.signed_links import BadLink
from clusterportal.review.domain import mails
from clusterportal.review.domain.actor_columns import changed_columns, is_part, joined_items
from clusterportal.review.domain.moves import locked, move
from clusterportal.review.domain.proposer_links import CONFIRMATION, STATUS
from clusterportal.review.domain.subjects import subject_of
from clusterportal.review.enums import ProposalKind, ProposalState, Side
from clusterportal.review.models import Proposal, ProposalNote


@dataclass(frozen=True)
class Proposer:
    """The author of a proposal. A signed-in user needs no confirmation of the e-mail address."""

    email: str
    name: str = ""
    role: str = ""
    language: str = "de"
    user: User | None = None


@transaction.atomic
def propose(
    *,
    kind: str,
    by: Proposer,
    wanted: dict | None = None,
    base: dict | None = None,
    actor=None,
    cluster=None,
    message: str = "",
    wanted_topics: Sequence[str] = (),
    consent: str = "",
) -> Proposal:
    """Stores what `by` wishes: of `wanted` only what differs from `base`, the record that the person saw.

    `wanted_topics`: words for topics that the registry does not know. `consent`: to what contact persons agreed.

    Visitors are asked by e-mail to confirm; with an account the proposal waits for review at once.
    """
    base = base or {}
    record = changed_columns(wanted=wanted or {}, base=base)
    proposal = Proposal.objects.create(
        kind=kind,
        actor=actor,
        cluster=cluster,
        record=record,
        base={column: base[column] for column in record if column in base},
        message=message,
        wanted_topics=list(wanted_topics),
        user=by.user,
        name=by.name,
        email=by.email,
        role=by.role,
        language=by.language,
        consent=consent if CONTACTS.column in record else "",
        state=ProposalState.WAITING if by.user else ProposalState.UNCONFIRMED,
        waiting_since=timezone.now() if by.user else None,
    )
    if not by.user:
        mails.confirm(proposal)
    return proposal


@transaction.atomic
def suggest(*, actor, before: dict, after: dict, by) -> Proposal | None:
    """An editor's change of a published actor as a proposal; what the editor has waiting already takes it in.

    Returns None when nothing differs.
    """
    record = changed_columns(wanted=after, base=before)
    if not record:
        return None
    base = {column: before.get(column) for column in record}
    own = Proposal.objects.open().filter(actor=actor, user=by, kind=ProposalKind.CHANGE)
    proposal = own.select_for_update().first()
    if proposal is None:
        return Proposal.objects.create(
            kind=ProposalKind.CHANGE,
            actor=actor,
            user=by,
            name=by.get_full_name() or by.get_username(),
            email=by.email,
            language=by.language or Proposal._meta.get_field("language").default,
            record=record,
            base=base,
            state=ProposalState.WAITING,
            waiting_since=timezone.now(),
        )
    for column in filter(is_part, record.keys() & proposal.record.keys()):
        earlier = (proposal.base.get(column), proposal.record[column])
        record[column] = joined_items(column, earlier=earlier, later=(base[column], record[column]))
    proposal.record |= record
    proposal.base |= base
    move(proposal, to=ProposalState.WAITING)
    return proposal


@transaction.atomic
def confirm(token: str) -> Proposal:
    """The e-mail is the proposer's: the proposal waits for review. A second time changes nothing.

    Raises BadLink, ExpiredLink; and AlreadyMoved when the proposal was withdrawn.
    """
    proposal = _named(CONFIRMATION.key(token))
    if proposal.state in (ProposalState.UNCONFIRMED, ProposalState.WITHDRAWN):
        proposal = locked(proposal, to=ProposalState.WAITING)
        move(proposal, to=ProposalState.WAITING)
        mails.received(proposal)
    return proposal


def to_confirm(token: str) -> Proposal:
    """The proposal that a link of confirmation names; changes nothing. Raises BadLink, ExpiredLink."""
    return _named(CONFIRMATION.key(token))


def followed(token: str) -> Proposal:
    """The proposal that a link of status names. Raises BadLink."""
    return _named(STATUS.key(token))


@transaction.atomic
def answer(*, proposal: Proposal, text: str) -> None:
    """The proposer answers what was asked: the proposal waits again."""
    proposal = locked(proposal, to=ProposalState.WAITING)
    ProposalNote.objects.create(proposal=proposal, side=Side.PROPOSER, text=text)
    move(proposal, to=ProposalState.WAITING)


@transaction.atomic
def withdraw(*, proposal: Proposal) -> None:
    """The proposer takes the proposal back."""
    move(locked(proposal, to=ProposalState.WITHDRAWN), to=ProposalState.WITHDRAWN)
    if subject := subject_of(proposal):
        subject.turn_down(proposal=proposal)


def _named(uid: str | int) -> Proposal:
    proposal = Proposal.objects.select_related("actor", "reviewer").filter(uid=str(uid)).first()
    if proposal is None:
        raise BadLink
    return proposal
