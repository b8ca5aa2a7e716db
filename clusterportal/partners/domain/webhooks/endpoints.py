"""What administrators do with the webhooks of a partner."""

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils.translation import gettext as _

from clusterportal.partners.domain import feed
from clusterportal.partners.domain.sequencing import NUMBERED
from clusterportal.partners.domain.webhooks import endpoint_state, matching, signing
from clusterportal.partners.enums import EndpointState, OrderKind, PauseReason
from clusterportal.partners.models import (
    FeedEntry,
    FeedState,
    Partner,
    WebhookAttempt,
    WebhookEndpoint,
    WebhookOrder,
)
from clusterportal.partners.rules import can_manage

MOST_AGAIN = 100_000  # events of one order


class CannotDo(Exception):
    """Not possible now; the message says why."""


@transaction.atomic
def create(*, partner: Partner, by, **fields) -> tuple[WebhookEndpoint, str]:
    """A new endpoint that is told of all that happens from now on, and its secret, which nobody can read again.

    Raises PermissionDenied, CannotDo.
    """
    _check(by)
    now = state_of_feed()
    endpoint = WebhookEndpoint(partner=partner, epoch=now.epoch, position=now.position, **fields)
    secret = signing.set_secret(endpoint)
    endpoint.save()
    matching.remember_all(endpoint)
    return endpoint, secret


@transaction.atomic
def change(*, endpoint: WebhookEndpoint, by, **fields) -> None:
    """Another address, another filter; what is in it now is told when it leaves. Raises PermissionDenied."""
    endpoint = _locked(endpoint, by)
    for name, value in fields.items():
        setattr(endpoint, name, value)
    endpoint.save(update_fields=list(fields))
    matching.remember_all(endpoint)
    _wake()


@transaction.atomic
def rotate(*, endpoint: WebhookEndpoint, by) -> str:
    """A new secret; for 24 hours the one before signs too. Raises PermissionDenied."""
    endpoint = _locked(endpoint, by)
    secret = signing.set_secret(endpoint)
    endpoint.save(update_fields=["secret", "former_secret", "former_until"])
    return secret


@transaction.atomic
def pause(*, endpoint: WebhookEndpoint, by) -> None:
    """Nothing goes out until somebody resumes; nothing is lost meanwhile. Raises PermissionDenied."""
    endpoint_state.pause(_locked(endpoint, by), PauseReason.BY_HAND)


@transaction.atomic
def resume(*, endpoint: WebhookEndpoint, by) -> None:
    """Go on behind what was accepted last. Raises PermissionDenied, CannotDo."""
    endpoint = _locked(endpoint, by)
    if endpoint.state == EndpointState.ACTIVE:
        return
    if not signing.is_readable(endpoint):
        raise CannotDo(_("The secret cannot be read with this SECRET_KEY. Make a new one first."))
    state_of_feed()
    endpoint_state.resume(endpoint)
    _wake()


@transaction.atomic
def order_test(*, endpoint: WebhookEndpoint, by) -> None:
    """Have a test sent, also while the endpoint is paused. Raises PermissionDenied, CannotDo."""
    endpoint = _locked(endpoint, by)
    if not endpoint.orders.filter(kind=OrderKind.TEST).exists():
        position = state_of_feed().position
        _order(endpoint, OrderKind.TEST, position, position, by)


@transaction.atomic
def redeliver(*, endpoint: WebhookEndpoint, first: FeedEntry, last: FeedEntry, by) -> int:
    """Have a range of events sent once more, both ends included; returns how many entries are looked at.

    Raises PermissionDenied, CannotDo.
    """
    endpoint = _locked(endpoint, by)
    count = FeedEntry.objects.filter(position__range=(first.position, last.position)).count()
    if not 0 < count <= MOST_AGAIN:
        raise CannotDo(
            _(
                "In this time lie %(count)d events, and at most %(most)d can be sent once more. "
                "A new copy is the better way."
            )
            % {"count": count, "most": MOST_AGAIN}
        )
    _order(endpoint, OrderKind.AGAIN, first.position, last.position, by)
    return count


@transaction.atomic
def redeliver_one(*, attempt: WebhookAttempt, by) -> None:
    """Have one event sent once more. Raises PermissionDenied, CannotDo."""
    endpoint = _locked(attempt.endpoint, by)
    entry = FeedEntry.objects.filter(position=attempt.position or 0).first()
    if entry is None or attempt.event != f"evt_{feed.cursor_at(state_of_feed().epoch, entry.position)}":
        raise CannotDo(_("This event is no longer in the feed."))
    _order(endpoint, OrderKind.AGAIN, entry.position, entry.position, by)


def _order(endpoint: WebhookEndpoint, kind: OrderKind, first: int, last: int, by) -> None:
    WebhookOrder.objects.create(endpoint=endpoint, kind=kind, next_position=first, last_position=last, by=by)
    _wake()


def _wake() -> None:
    """Whoever delivers looks as soon as this transaction commits; else within a minute."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, 'look')", [NUMBERED])


def _locked(endpoint: WebhookEndpoint, by) -> WebhookEndpoint:
    _check(by)
    return WebhookEndpoint.objects.select_for_update().get(pk=endpoint.pk)


def _check(by) -> None:
    if not can_manage(by):
        raise PermissionDenied


def state_of_feed() -> FeedState:
    """Where the feed stands. Raises CannotDo while it is being made."""
    try:
        return feed.state()
    except feed.NotBegun:
        raise CannotDo(_("The list of changes is being made. Please try again in some minutes.")) from None
