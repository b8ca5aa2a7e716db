"""What representatives post for their actor: through the review queue, at once where a cluster trusts them."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from actors.models import Actor
from clusterportal.core.publication import PublicationState
from clusterportal.partnering.domain import publishing, values
from clusterportal.partnering.models import PartnerSearch
from clusterportal.partnering.rules import can_edit, can_publish
from clusterportal.review.domain import proposing
from clusterportal.review.domain.subjects import Subject, register_subject
from clusterportal.review.models import Proposal
from clusterportal.review.rules import can_represent, is_trusted

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
        proposing.submit(record=search, actor=search.actor, by=by, values=new)
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
        proposing.submit(record=search, actor=search.actor, by=by)


def is_waiting(search: PartnerSearch) -> bool:
    """Does something of it wait for review?"""
    return Proposal.objects.open().filter(subject_uid=search.uid).exists()


def _hand_in(search: PartnerSearch, by) -> None:
    if is_trusted(search.actor):
        publishing.make_public(search)
    else:
        proposing.submit(record=search, actor=search.actor, by=by)


def _accept(search: PartnerSearch, stated: dict[str, Any], *, by) -> None:
    """The review has checked that `by` may publish the actor."""
    if stated:
        publishing.write(search, stated)
    else:
        publishing.make_public(search)


def _turn_down(search: PartnerSearch, stated: dict[str, Any]) -> None:
    """What was public stays as it is."""
    if not search.is_published:
        search.state = PublicationState.REJECTED
        search.save(update_fields=["state"])


register_subject(
    Subject(
        model=PartnerSearch,
        rows=values.rows,
        accept=_accept,
        turn_down=_turn_down,
        address=lambda search: search.get_absolute_url(),
        preview=lambda search: reverse("admin:partnering_partnersearch_change", args=[search.pk]),
    )
)
