"""Delivery: each endpoint goes through the feed at its own pace, one message after the other.

What was accepted last stands in the endpoint's row, and is written in one transaction with the note of the attempt,
after the receiver's answer. Whoever dies before sends again what may have arrived, under the same id: at least once,
never not at all. One worker at a time has an endpoint in hand, by a lock that ends with its session.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime

from cryptography.fernet import InvalidToken
from django.db import Error, connection, transaction
from django.utils import timezone

from clusterportal.partners.domain import feed
from clusterportal.partners.domain.webhooks import endpoint_state, events, matching, signing
from clusterportal.partners.domain.webhooks.sending import ReceiverAnswer, post
from clusterportal.partners.enums import OrderKind, PauseReason
from clusterportal.partners.models import FeedEntry, FeedState, WebhookAttempt, WebhookEndpoint, WebhookOrder

PAGE = 100  # entries that are looked at together
MOST_IN_A_ROW = 1000  # messages; then others may have the thread
KEPT_CHARACTERS = 1024  # of a request, and of an answer
_PLANNED_BY = ("url", "secret", "epoch", "objects_told", "ops_told", "clusters", "layers", "areas")


@dataclass(frozen=True)
class Step:
    """One message to one endpoint. `order` is None for what is new in the feed."""

    endpoint: WebhookEndpoint
    event: events.Event
    entry: FeedEntry | None = None
    order: WebhookOrder | None = None
    belongs: bool = True  # whether the record is in the filter from then on

    @property
    def is_test(self) -> bool:
        return self.order is not None and self.order.kind == OrderKind.TEST


def deliver(pk: int) -> bool:
    """Send an endpoint what is due, until nothing is or a delivery fails. False where another worker has it in hand."""
    with _in_hand(pk) as is_mine:
        if not is_mine:
            return False
        sent = 0
        while sent < MOST_IN_A_ROW and (steps := plan(pk)) is not None:
            for step in steps:
                sent += 1
                if not attempt(step):
                    break
    return True


# ---------- what comes next ----------
@transaction.atomic
def plan(pk: int) -> list[Step] | None:
    """The next messages to an endpoint, in order; None where nothing is due. Empty: look again, further on."""
    endpoint = (
        WebhookEndpoint.objects.select_for_update(of=["self"]).select_related("partner").filter(pk=pk).first()
    )
    if endpoint is None or not endpoint.partner.is_active:
        return None
    try:
        now = feed.state()
    except feed.NotBegun:
        return None
    if test := endpoint.orders.filter(kind=OrderKind.TEST).first():
        return [Step(endpoint, events.of_order(test, epoch=now.epoch), order=test)]
    if not endpoint.is_active or endpoint.due_at > timezone.now():
        return None
    if endpoint.epoch != now.epoch:
        endpoint_state.pause(
            endpoint, PauseReason.RESTORED
        )  # until somebody confirms that this registry may speak
        return None
    try:
        feed.position_of(feed.cursor_at(endpoint.epoch, endpoint.position), now)
    except feed.Expired:
        endpoint_state.begin_again(endpoint, now, reason="expired")
        return []
    return _next(endpoint, now)


def _next(endpoint: WebhookEndpoint, now: FeedState) -> list[Step] | None:
    """Word of a reset first, then what is new, then what somebody wants once more."""
    if reset := endpoint.orders.filter(kind=OrderKind.RESET).first():
        return [Step(endpoint, events.of_order(reset, epoch=now.epoch), order=reset)]
    if endpoint.position < now.position:
        steps, end = _page(endpoint, now, endpoint.position, now.position, None)
        if not steps:
            WebhookEndpoint.objects.filter(pk=endpoint.pk).update(position=end)
        return steps
    if order := endpoint.orders.filter(kind=OrderKind.AGAIN).first():
        steps, end = _page(endpoint, now, order.next_position - 1, order.last_position, order)
        if not steps:
            _move(order, end)
        return steps
    return None


def _page(
    endpoint: WebhookEndpoint, now: FeedState, after: int, last: int, order: WebhookOrder | None
) -> tuple[list[Step], int]:
    """Messages about entries after a position, as far as `last`, and the position up to which was looked."""
    entries = FeedEntry.objects.filter(position__gt=after, position__lte=last)
    page = list(matching.asked_for(endpoint, entries).order_by("position")[:PAGE])
    steps = [
        Step(endpoint, events.of_entry(entry, epoch=now.epoch), entry, order, belongs)
        for entry, belongs in matching.wanted(endpoint, page)
    ]
    return steps, page[-1].position if len(page) == PAGE else last


# ---------- one attempt ----------
def attempt(step: Step) -> bool:
    """Send one message and note what came of it. True where the next one of the plan may follow at once."""
    at = timezone.now()
    try:
        headers = signing.headers(step.endpoint, step.event.id, at, step.event.body)
    except InvalidToken:
        with _locked(step) as endpoint:
            endpoint.orders.filter(kind=OrderKind.TEST).delete()
            endpoint_state.pause(endpoint, PauseReason.UNREADABLE)
        return False
    answer = post(step.endpoint.url, step.event.body, headers)
    with suppress(WebhookEndpoint.DoesNotExist), _locked(step) as endpoint:
        return _note(step, endpoint, at, answer)
    return False


def _note(step: Step, endpoint: WebhookEndpoint, at: datetime, answer: ReceiverAnswer) -> bool:
    _write_down(step, at, answer)
    if step.is_test and step.order:
        step.order.delete()
        return False  # what comes behind it was not looked at
    if not answer.is_accepted:
        endpoint_state.fail(endpoint, answer)
        return False
    _go_on(step, endpoint)
    endpoint_state.succeed(endpoint)
    is_as_planned = all(getattr(endpoint, name) == getattr(step.endpoint, name) for name in _PLANNED_BY)
    return is_as_planned and endpoint.is_active and not endpoint.pace


def _go_on(step: Step, endpoint: WebhookEndpoint) -> None:
    """The receiver has it: the endpoint, or the order, stands behind it from now on."""
    if step.entry is None:
        if step.order:
            step.order.delete()
        return
    matching.remember(endpoint, step.entry, belongs=step.belongs)
    if step.order:
        _move(step.order, step.entry.position)
    elif endpoint.epoch == step.endpoint.epoch and endpoint.position < step.entry.position:
        endpoint.position = step.entry.position
        endpoint.save(update_fields=["position"])


def _move(order: WebhookOrder, position: int) -> None:
    """The order is carried out up to `position`."""
    if position >= order.last_position:
        order.delete()
    else:
        WebhookOrder.objects.filter(pk=order.pk).update(next_position=position + 1)


def _write_down(step: Step, at: datetime, answer: ReceiverAnswer) -> None:
    earlier = WebhookAttempt.objects.filter(endpoint=step.endpoint, event=step.event.id).count()
    WebhookAttempt.objects.create(
        endpoint=step.endpoint,
        event=step.event.id,
        type=step.event.type,
        position=step.entry.position if step.entry else None,
        number=earlier + 1,
        at=at,
        duration=answer.duration,
        status=answer.status,
        reason=answer.reason,
        is_accepted=answer.is_accepted,
        request=step.event.body[:KEPT_CHARACTERS],
        answer=answer.body.replace("\x00", "")[:KEPT_CHARACTERS],
    )


@contextmanager
def _locked(step: Step) -> Iterator[WebhookEndpoint]:
    """The endpoint as it is now: it may have been paused or deleted while the message was under way."""
    with transaction.atomic():
        yield WebhookEndpoint.objects.select_for_update().get(pk=step.endpoint.pk)


@contextmanager
def _in_hand(pk: int) -> Iterator[bool]:
    """Whether this worker, and no other one, delivers to the endpoint."""
    key = f"webhook {pk}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [key])
        is_mine = cursor.fetchone()[0]
    try:
        yield is_mine
    finally:
        if is_mine:
            with suppress(Error), connection.cursor() as cursor:  # a broken session has lost its lock
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [key])
