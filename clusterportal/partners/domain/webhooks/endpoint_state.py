"""How an endpoint stands: retries at the times of Standard Webhooks, throttling, pauses, a new beginning."""

import random
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from django.conf import settings
from django.utils import timezone

from clusterportal.partners.domain import feed
from clusterportal.partners.domain.webhooks import matching
from clusterportal.partners.domain.webhooks.outbox import send_soon
from clusterportal.partners.domain.webhooks.sending import ReceiverAnswer
from clusterportal.partners.enums import EndpointState, OrderKind, PauseReason
from clusterportal.partners.models import FeedState, ToldActor, WebhookEndpoint, WebhookMail, WebhookOrder

# Seconds before each attempt, as the specification proposes: at once, 5 s, 5 and 30 min, 2, 5, 10, 14, 20 and 24 h.
DELAYS = (0, 5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400)
JITTER = 0.1  # so much later at most, so that endpoints that failed together do not come back together
LONGEST_WAIT = timedelta(days=1)  # that a receiver can ask for
OVERLOADED = (429, 502, 504)
SLOWEST = 60  # seconds between two deliveries to a receiver that was overloaded
_WRITTEN_ABOUT = (PauseReason.FAILED, PauseReason.GONE)


def succeed(endpoint: WebhookEndpoint) -> None:
    """The receiver took a message; one that was overloaded is sent to faster by and by."""
    now = timezone.now()
    endpoint.failures, endpoint.accepted_at, endpoint.pace = 0, now, endpoint.pace // 2
    endpoint.due_at = now + timedelta(seconds=endpoint.pace)
    endpoint.save(update_fields=["failures", "accepted_at", "pace", "due_at"])


def fail(endpoint: WebhookEndpoint, answer: ReceiverAnswer) -> None:
    """The receiver took nothing: the next attempt waits, and behind the last one the endpoint."""
    if answer.status == HTTPStatus.GONE:
        pause(endpoint, PauseReason.GONE)
        return
    endpoint.failures += 1
    if answer.status in OVERLOADED:
        endpoint.pace = min(max(endpoint.pace * 2, 1), SLOWEST)
    if endpoint.failures < len(DELAYS):
        delay = DELAYS[endpoint.failures] * (1 + random.random() * JITTER)
        asked = _asked_for(answer.headers.get("retry-after", ""))
        endpoint.due_at = timezone.now() + max(timedelta(seconds=delay), min(asked, LONGEST_WAIT))
    endpoint.save(update_fields=["failures", "pace", "due_at"])
    if endpoint.failures >= len(DELAYS):
        pause(endpoint, PauseReason.FAILED)


def _asked_for(retry_after: str) -> timedelta:
    """What `Retry-After` asks for (RFC 9110): seconds, or a date."""
    if retry_after.isascii() and retry_after.isdigit():
        return timedelta(seconds=min(int(retry_after[:9]), LONGEST_WAIT.total_seconds()))
    try:
        moment = parsedate_to_datetime(retry_after)
        return moment - timezone.now() if moment.tzinfo else timedelta()
    except (ValueError, TypeError):
        return timedelta()


def pause(endpoint: WebhookEndpoint, reason: PauseReason, *, at: datetime | None = None) -> None:
    """Nothing goes out until somebody resumes; the place in the feed stays. The partner hears of what it can mend."""
    if not endpoint.is_active:
        return
    endpoint.state, endpoint.pause_reason = EndpointState.PAUSED, reason
    endpoint.paused_at = at or timezone.now()
    endpoint.save(update_fields=["state", "pause_reason", "paused_at"])
    if reason in _WRITTEN_ABOUT and endpoint.partner.contact_email:
        WebhookMail.objects.create(
            endpoint=endpoint,
            to=endpoint.partner.contact_email,
            pause_reason=reason,
            language=settings.LANGUAGE_CODE,
        )
        send_soon()


def begin_again(endpoint: WebhookEndpoint, now: FeedState, *, reason: str) -> None:
    """What was missed is no longer in the feed: the receiver is told to take a copy, and hears what comes after."""
    WebhookOrder.objects.filter(endpoint=endpoint).exclude(kind=OrderKind.TEST).delete()
    endpoint.epoch, endpoint.position = now.epoch, now.position
    endpoint.save(update_fields=["epoch", "position"])
    ToldActor.objects.filter(endpoint=endpoint).delete()
    matching.remember_all(endpoint)
    WebhookOrder.objects.create(
        endpoint=endpoint,
        kind=OrderKind.RESET,
        next_position=now.position,
        last_position=now.position,
        reason=reason,
    )


def resume(endpoint: WebhookEndpoint) -> None:
    """Go on behind what was accepted last, or with a new copy where the registry was restored. Raises NotBegun."""
    now = feed.state()
    endpoint.state, endpoint.pause_reason, endpoint.paused_at = EndpointState.ACTIVE, "", None
    endpoint.failures, endpoint.pace, endpoint.due_at = 0, 0, timezone.now()
    endpoint.save(update_fields=["state", "pause_reason", "paused_at", "failures", "pace", "due_at"])
    if endpoint.epoch != now.epoch:
        begin_again(endpoint, now, reason=PauseReason.RESTORED)
