"""What becomes of a request or an offer: published, changed, extended, closed, taken back, expired."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clusterportal.core.publication import PublicationState
from clusterportal.history.acts import act, sentences
from clusterportal.partnering.domain import values
from clusterportal.partnering.domain.follower_mails import tell_followers, tell_of_change
from clusterportal.partnering.enums import MailKind, Outcome, Standing
from clusterportal.partnering.models import PartnerSearch
from clusterportal.partnering.rules import can_publish
from clusterportal.review.rules import can_represent

EXPIRED_A_RUN = 500


def may_end(user, search: PartnerSearch) -> bool:
    """Extending and closing need no review: who speaks for the actor does it, and who publishes it."""
    return can_represent(user, search.actor) or can_publish(user, search)


@transaction.atomic
def publish(*, search: PartnerSearch, by) -> None:
    """Everybody sees it from now on. Raises PermissionDenied; ValidationError where its deadline is over."""
    search = locked(search)
    if not can_publish(by, search):
        raise PermissionDenied(_("You may not publish what this actor seeks or offers."))
    make_public(search)


def make_public(search: PartnerSearch) -> None:
    """The same, of a locked record, for who has been found to be allowed."""
    _refuse_late(search.deadline)
    search.state, search.expired_at = PublicationState.PUBLISHED, None
    search.save(update_fields=["state", "expired_at"])


def write(search: PartnerSearch, stated: dict[str, Any]) -> None:
    """Writes what is stated into a locked record, for who has been found to be allowed.

    A new deadline opens it again; who follows is told. Raises ValidationError.
    """
    new = values.changed(search, stated)
    if not new:
        return
    if "deadline" in new:
        _refuse_late(date.fromisoformat(new["deadline"]) if new["deadline"] else None)
        search.expired_at = None
    values.apply(search, new)
    tell_of_change(search)


@transaction.atomic
def extend(*, search: PartnerSearch, deadline: date, by) -> None:
    """A later deadline, also of what has expired. Raises PermissionDenied, ValidationError."""
    search = _to_end(search, by)
    if search.deadline is None or deadline <= search.deadline:
        raise ValidationError(_("The new deadline is later than the one before."))
    write(search, {"deadline": deadline.isoformat()})


@transaction.atomic
def close(*, search: PartnerSearch, outcome: str, by, note: str = "") -> None:
    """It is over, with what came of it. A second time corrects that. Raises PermissionDenied, ValidationError."""
    search = _to_end(search, by)
    was_open = search.standing_on(timezone.localdate()) == Standing.OPEN
    search.closed_at = search.closed_at or timezone.now()
    search.outcome, search.outcome_note = Outcome(outcome), note
    search.full_clean()
    search.save(update_fields=["closed_at", "outcome", "outcome_note"])
    if was_open:
        tell_of_end(search)


def tell_of_end(search: PartnerSearch) -> None:
    if search.is_published:
        tell_followers([search], kind=MailKind.ENDED)


@transaction.atomic
def withdraw(*, search: PartnerSearch, by) -> None:
    """Nobody sees it any more. Raises PermissionDenied."""
    search = locked(search)
    if not can_publish(by, search):
        raise PermissionDenied(_("You may not publish what this actor seeks or offers."))
    was_open = search.is_published and search.standing_on(timezone.localdate()) == Standing.OPEN
    search.state = PublicationState.ARCHIVED
    search.save(update_fields=["state"])
    if was_open:
        tell_followers([search], kind=MailKind.ENDED)


@transaction.atomic
def expire_due(*, today: date) -> int:
    """Writes down what is over since its deadline, as one act, and tells who follows; returns how many."""
    due = (
        PartnerSearch.objects.to_expire(today).select_for_update(skip_locked=True).order_by("deadline", "pk")
    )
    searches = list(due[:EXPIRED_A_RUN])
    if not searches:
        return 0
    with act("expiry", says=sentences(lambda: _("The deadline of requests and offers has passed."))):
        PartnerSearch.objects.filter(pk__in=[one.pk for one in searches]).update(expired_at=timezone.now())
    tell_followers(searches, kind=MailKind.ENDED)
    return len(searches)


def locked(search: PartnerSearch) -> PartnerSearch:
    """The record as it is now, locked until the transaction ends."""
    return (
        PartnerSearch.objects.select_for_update(of=("self",))
        .select_related("actor", "layer")
        .get(pk=search.pk)
    )


def _to_end(search: PartnerSearch, by) -> PartnerSearch:
    search = locked(search)
    if not may_end(by, search):
        raise PermissionDenied(_("You do not represent this actor."))
    return search


def _refuse_late(deadline: date | None) -> None:
    if deadline is not None and deadline < timezone.localdate():
        raise ValidationError({"deadline": _("This day is over. Give a later one, or none.")})
