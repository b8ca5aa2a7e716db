"""What representatives post for their actor: through the review queue, at once where a cluster trusts them."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from actors.models import Actor
from clusterportal.core.publication import PublicationState
from clusterportal.core.signed_links import absolute
from clusterportal.partnering.domain import publishing, values
from clusterportal.partnering.models import PartnerSearch
from clusterportal.partnering.rules import can_edit, can_publish
from clusterportal.review.domain import proposing
from clusterportal.review.domain.moves import ReviewError
from clusterportal.review.domain.proposing import Proposer
from clusterportal.review.domain.subjects import Subject, SubmittedField, review_also
from clusterportal.review.enums import ProposalKind, ProposalState
from clusterportal.review.models import Proposal
from clusterportal.review.rules import can_represent, is_trusted

_UID, _STATED = "search", "stated"  # in the record of a proposal
MOST_OPEN = 20  # of one actor that are not over: nobody answers more


class TooMany(Exception):
    """The actor has as many requests and offers as it can answer."""


@transaction.atomic
def post(*, actor: Actor, stated: dict[str, Any], by) -> PartnerSearch:
    """A new request or offer of the actor whom `by` represents; waits for review unless a cluster trusts them.

    Raises PermissionDenied, TooMany, ValidationError.
    """
    if not can_represent(by, actor):
        raise PermissionDenied(_("You do not represent this actor."))
    unfinished = actor.partner_searches.filter(closed_at=None, expired_at=None)
    if (
        unfinished.exclude(state__in=[PublicationState.REJECTED, PublicationState.ARCHIVED]).count()
        >= MOST_OPEN
    ):
        raise TooMany
    search = PartnerSearch(actor=actor, state=PublicationState.IN_REVIEW)
    values.apply(search, stated)
    _hand_in(search, by)
    return search


@transaction.atomic
def revise(*, search: PartnerSearch, stated: dict[str, Any], by) -> PartnerSearch:
    """What the representative changes: what is public stays as it is until the review takes the change over.

    Raises PermissionDenied, ValidationError.
    """
    search = publishing.locked(search)
    if not can_represent(by, search.actor):
        raise PermissionDenied(_("You do not represent this actor."))
    if not search.is_published:
        values.apply(search, stated)
        search.state = PublicationState.IN_REVIEW
        search.save(update_fields=["state"])
        _hand_in(search, by)
    elif is_trusted(search.actor):
        publishing.write(search, stated)
    elif new := values.changed(search, stated):
        _wait(search, by, new)
    return search


@transaction.atomic
def submit(*, search: PartnerSearch, by) -> None:
    """An editor has it reviewed; for who may publish it that is needless. Raises PermissionDenied."""
    search = publishing.locked(search)
    if not can_edit(by, search) or search.is_published:
        raise PermissionDenied(_("You may not change what this actor seeks or offers."))
    search.state = PublicationState.IN_REVIEW
    search.save(update_fields=["state"])
    if can_publish(by, search):
        publishing.make_public(search)
    else:
        _wait(search, by)


def _waiting(search: PartnerSearch):
    return Proposal.objects.open().filter(kind=ProposalKind.SEARCH, **{f"record__{_UID}": str(search.uid)})


def is_waiting(search: PartnerSearch) -> bool:
    """Does something of it wait for review?"""
    return _waiting(search).exists()


def _hand_in(search: PartnerSearch, by) -> None:
    if is_trusted(search.actor):
        publishing.make_public(search)
    else:
        _wait(search, by)


def _wait(search: PartnerSearch, by, stated: dict[str, Any] | None = None) -> None:
    """It waits for review, in place of what waited of it before. `stated`: what shall change of what is public."""
    # The moment lets a reviewer who looks at an earlier version know.
    record = {
        "title": search.title,
        _UID: str(search.uid),
        _STATED: stated or {},
        "at": timezone.now().isoformat(),
    }
    proposal = _waiting(search).select_for_update(of=("self",)).first()
    if proposal is None:
        proposer = Proposer(by.email, by.get_full_name(), language=by.language or "de", user=by)
        proposal = proposing.propose(kind=ProposalKind.SEARCH, by=proposer, actor=search.actor)
    elif proposal.state == ProposalState.ASKED_BACK:
        proposing.answer(proposal=proposal, text=_("I have reworked it."))
    Proposal.objects.filter(pk=proposal.pk).update(record=record)


# ---------- what the review does with it ----------
def _search_of(proposal: Proposal) -> PartnerSearch | None:
    return PartnerSearch.objects.filter(uid=proposal.record[_UID]).first()


def _page(proposal: Proposal) -> str:
    """Empty where it is gone."""
    search = _search_of(proposal)
    return reverse("admin:partnering_partnersearch_change", args=[search.pk]) if search else ""


def _rows(proposal: Proposal) -> list[SubmittedField]:
    search = _search_of(proposal)
    return values.rows(search, proposal.record[_STATED]) if search else []


def _accept(*, proposal: Proposal, by) -> str:
    """The review has checked that `by` may publish the actor."""
    search = _search_of(proposal)
    if search is None:
        raise ReviewError(_("What was submitted is no longer there."))
    search = publishing.locked(search)
    try:
        if stated := proposal.record[_STATED]:
            publishing.write(search, stated)
        else:
            publishing.make_public(search)
    except ValidationError as error:
        raise ReviewError(" ".join(error.messages)) from error
    return absolute(search.get_absolute_url())


def _turn_down(*, proposal: Proposal) -> None:
    """What was public stays as it is."""
    waiting = PartnerSearch.objects.filter(uid=proposal.record[_UID], state=PublicationState.IN_REVIEW)
    waiting.update(state=PublicationState.REJECTED)


def wait_in_the_review_queue() -> None:
    review_also(ProposalKind.SEARCH, Subject(_page, _accept, _turn_down, _rows))
