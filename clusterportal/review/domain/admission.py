"""An organisation would like to join a cluster: asked as a proposal, decided by the team of that cluster."""

import uuid

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from actors.enums import MembershipKind
from actors.models import Actor, Membership
from clusterportal.core.publication import PublicationState
from clusterportal.core.texts import clean_line
from clusterportal.history.acts import act
from clusterportal.review.domain import mails
from clusterportal.review.domain.moves import ReviewError, locked_for_review, move
from clusterportal.review.domain.proposal_writing import write
from clusterportal.review.domain.proposing import Proposer, propose
from clusterportal.review.enums import ProposalKind, ProposalState
from clusterportal.review.models import Proposal

# What a cluster admits to; its managing organisation is not admitted but stands with the cluster itself.
ADMITTED_AS = (MembershipKind.MEMBER, MembershipKind.PARTNER)


def entry_called(name: str) -> Actor | None:
    """The one published actor of this name, short name or other name; None where there is none or several."""
    name = clean_line(name)
    called = Q(name__iexact=name) | Q(short_name__iexact=name) | Q(aliases__name__iexact=name)
    found = list(Actor.objects.published().filter(called).order_by("pk").distinct()[:2]) if name else []
    return found[0] if len(found) == 1 else None


def apply_for_admission(*, by: Proposer, cluster, organisation: dict, message: str = "") -> Proposal:
    """Keeps what the organisation asks and has `by` confirm the e-mail; the team hears of it afterwards.

    `organisation`: name, kind and website by the registry's columns; of one that is in the registry its entry counts.
    """
    actor = entry_called(organisation["name"])
    return propose(
        kind=ProposalKind.ADMISSION,
        by=by,
        actor=actor,
        cluster=cluster,
        wanted={} if actor else organisation,
        message=message,
    )


@transaction.atomic
def admit(
    *,
    proposal: Proposal,
    by,
    actor: Actor | None = None,
    kind: str = MembershipKind.MEMBER,
    is_committed: bool = False,
) -> Membership:
    """Makes the organisation a member of the cluster from today on and tells who asked for it.

    `actor`: the entry that is meant, where the proposal names none; without one a draft is made of what was stated.
    Raises PermissionDenied, AlreadyMoved, CannotWrite, ReviewError; then nothing is written.
    """
    proposal = locked_for_review(proposal, to=ProposalState.ACCEPTED, by=by)
    if proposal.cluster is None or kind not in ADMITTED_AS:
        raise ReviewError(_("Nothing was done: the cluster is no longer there."))
    if found := proposal.actor or actor:
        _refuse_if_member(found, proposal.cluster, kind)
    with act("review", by=by):
        proposal.actor = found or _draft(proposal, by=by)
        membership = _joined(proposal.actor, proposal.cluster, kind=kind, is_committed=is_committed)
    move(proposal, to=ProposalState.ACCEPTED, by=by)
    mails.admitted(proposal)
    return membership


def _refuse_if_member(actor: Actor, cluster, kind: str) -> None:
    """A partner may become a member, and whose membership has ended may come back."""
    known = Membership.objects.filter(actor=actor, cluster=cluster, kind=kind)
    if known.standing_on(timezone.localdate()).exists():
        names = {"actor": actor, "cluster": cluster}
        raise ReviewError(_("Nothing was done: “%(actor)s” belongs to “%(cluster)s” already.") % names)


def _draft(proposal: Proposal, *, by) -> Actor:
    assert proposal.cluster is not None  # `admit` has looked
    membership = {"cluster": proposal.cluster.slug, "kind": MembershipKind.MEMBER.value}
    row = proposal.record | {"publication": PublicationState.DRAFT.value, "clusters": [membership]}
    return write(uid=uuid.uuid4(), row=row, by=by)


def _joined(actor: Actor, cluster, *, kind: str, is_committed: bool) -> Membership:
    """The membership from today on: a new one, another kind of one that stands, or one that had ended."""
    today = timezone.localdate()
    known = Membership.objects.select_for_update().filter(actor=actor, cluster=cluster, kind__in=ADMITTED_AS)
    standing = known.standing_on(today).first()
    membership = standing or known.filter(kind=kind).first() or Membership(actor=actor, cluster=cluster)
    if standing is None or standing.since is None:
        membership.since = today
    membership.kind, membership.is_committed, membership.is_cleared = kind, is_committed, True
    membership.until = None
    membership.save()
    return membership
