"""Representatives of actors: appointed by accepting a claim, they edit their own entry."""

from collections.abc import Sequence

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from actors.models import Actor
from clusterportal.accounts.domain.invitation import password_address
from clusterportal.accounts.domain.recipients import recipients_among
from clusterportal.accounts.enums import Role
from clusterportal.accounts.models import User
from clusterportal.core.mailing import Recipient
from clusterportal.core.signed_links import absolute
from clusterportal.history.acts import act
from clusterportal.review.domain import mails
from clusterportal.review.domain.actor_columns import changed_columns, record_of
from clusterportal.review.domain.differences import changes_of, row_of
from clusterportal.review.domain.moves import ReviewError
from clusterportal.review.domain.proposal_writing import write
from clusterportal.review.domain.proposing import Proposer, propose
from clusterportal.review.enums import ProposalKind, RepresentationState
from clusterportal.review.models import Proposal, Representation
from clusterportal.review.rules import can_represent, is_trusted


def grant(*, proposal: Proposal, by) -> Representation:
    """Makes the claimant the actor's representative, with a new account if needed, and writes how to sign in.

    The caller has checked that `by` may decide. Raises ReviewError when the account is closed.
    """
    person = get_user_model().objects.filter(email__iexact=proposal.email).order_by("pk").first()
    is_new = person is None
    if person is None:
        person = _invited(proposal)
    elif not person.is_active:
        raise ReviewError(_("The account with this e-mail is closed. Open it first, or reject the claim."))
    representation, _made = Representation.objects.update_or_create(
        user=person, actor=proposal.actor, defaults={"state": RepresentationState.ACTIVE, "granted_by": by}
    )
    mails.welcome(proposal, link=_way_in(person, proposal, is_new), is_new_account=is_new)
    return representation


def _invited(proposal: Proposal):
    first, _blank, last = proposal.name.rpartition(" ")
    person = get_user_model()(
        username=proposal.email.lower()[:150],
        email=proposal.email,
        first_name=first[:150],
        last_name=last[:150],
        language=proposal.language,
        role=Role.REPRESENTATIVE,
    )
    person.set_unusable_password()
    person.save()
    EmailAddress.objects.create(user=person, email=proposal.email, verified=True, primary=True)
    return person


def _way_in(person, proposal: Proposal, is_new: bool) -> str:
    with override(proposal.language):
        if not is_new and person.has_usable_password():
            return absolute(reverse("account_login"))
        return password_address(person)


@transaction.atomic
def edit_own(
    *,
    actor: Actor,
    wanted: dict,
    base: dict,
    by,
    message: str = "",
    wanted_topics: Sequence[str] = (),
    consent: str = "",
) -> Proposal | None:
    """What a representative changes in the own entry: at once where a cluster trusts them, else a proposal.

    Topics that the registry does not know are wishes in any case: somebody looks whether they are there already.

    `base`: the record that the person saw; `consent`: to what contact persons agreed. Returns the proposal, or None
    when the change stands already.
    Raises PermissionDenied, CannotWrite.
    """
    if not can_represent(by, actor):
        raise PermissionDenied(_("You do not represent this actor."))
    actor = Actor.objects.select_for_update(of=("self",)).get(pk=actor.pk)
    proposer = Proposer(by.email, by.get_full_name(), language=by.language or "de", user=by)
    if not is_trusted(actor):
        return propose(
            kind=ProposalKind.CHANGE,
            by=proposer,
            wanted=wanted,
            base=base,
            actor=actor,
            message=message,
            wanted_topics=wanted_topics,
            consent=consent,
        )
    record = changed_columns(wanted=wanted, base=base)
    today = record_of(actor)
    changes = changes_of(
        Proposal(kind=ProposalKind.CHANGE, actor=actor, record=record, base=base), today=today
    )
    if changes:
        row = row_of(changes, today=today)
        write(uid=actor.uid, row=row, by=by, as_representative=True, consent=consent)
    if wanted_topics:
        propose(
            kind=ProposalKind.CHANGE, by=proposer, actor=actor, message=message, wanted_topics=wanted_topics
        )
    return None


@transaction.atomic
def confirm_correct(*, actor: Actor, by) -> None:
    """The representative says that the entry is still right today. Raises PermissionDenied."""
    if not can_represent(by, actor):
        raise PermissionDenied(_("You do not represent this actor."))
    with act("verified", by=by):
        Actor.objects.filter(pk=actor.pk).update(verified_on=timezone.localdate())


@transaction.atomic
def end(*, representation: Representation, by) -> None:
    """The person no longer speaks for the actor; the caller has checked that `by` may publish it."""
    representation.state = RepresentationState.ENDED
    representation.save(update_fields=["state"])


def recipients_of(actor: Actor) -> list[Recipient]:
    """The active representatives of `actor`, as recipients of mails about it."""
    active = Representation.objects.active().filter(actor=actor)
    return recipients_among(User.objects.filter(pk__in=active.values("user")))
