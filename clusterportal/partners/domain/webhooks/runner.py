"""Threads of the job worker that deliver: one for each endpoint with something due, none for the others.

An endpoint that does not answer holds its own thread and nobody else; jobs are not held at all. A standing thread
listens to the database, numbers what writers noted, and starts what is due. All of it may die at any moment: the job of
every minute finds everything again in the tables.
"""

import logging
import threading
from contextlib import suppress
from datetime import datetime, timedelta

import psycopg
from django.db import Error, connection, connections
from django.db.models import Exists, Min, OuterRef, Q, QuerySet
from django.utils import timezone

from clusterportal.partners.domain import feed
from clusterportal.partners.domain.sequencing import NOTED, NUMBERED, sequence
from clusterportal.partners.domain.webhooks.delivering import deliver
from clusterportal.partners.enums import EndpointState, OrderKind
from clusterportal.partners.models import WebhookAttempt, WebhookEndpoint, WebhookMail, WebhookOrder

MOST_AT_ONCE = 16  # threads, each with a connection to the database
LONGEST_SLEEP = timedelta(minutes=1)
LEAST_SLEEP = 1.0  # seconds
KEPT = timedelta(days=14)  # the log: longer than any retry
logger = logging.getLogger(__name__)
_busy: dict[int, threading.Thread] = {}  # by endpoint
_guard = threading.Lock()
_listener: threading.Thread | None = None


def _waiting() -> QuerySet[WebhookEndpoint]:
    """Endpoints to which something is still to be sent, now or later."""
    try:
        now = feed.state()
    except feed.NotBegun:
        return WebhookEndpoint.objects.none()
    orders = WebhookOrder.objects.filter(endpoint=OuterRef("pk"))
    something = ~Q(epoch=now.epoch) | Q(position__lt=now.position) | Q(Exists(orders))
    return WebhookEndpoint.objects.filter(
        Q(something, state=EndpointState.ACTIVE) | Q(Exists(orders.filter(kind=OrderKind.TEST))),
        partner__is_active=True,
    )


def due() -> list[int]:
    """The endpoints that are to be delivered to now, who waits longest first."""
    tests = WebhookOrder.objects.filter(endpoint=OuterRef("pk"), kind=OrderKind.TEST)
    found = _waiting().filter(Q(due_at__lte=timezone.now()) | Q(Exists(tests)))
    return list(found.order_by("due_at", "pk").values_list("pk", flat=True))


def next_due() -> datetime | None:
    """When the next delivery is, besides those that are under way here."""
    waiting = _waiting().filter(state=EndpointState.ACTIVE).exclude(pk__in=[*_busy])
    return waiting.aggregate(at=Min("due_at"))["at"]


def start_due() -> None:
    """A thread for each endpoint with something due, as far as there are threads; it looks for others at its end."""
    for pk in due():
        with _guard:
            if pk in _busy or len(_busy) >= MOST_AT_ONCE:
                continue
            _busy[pk] = threading.Thread(target=_work, args=[pk], name=f"webhook {pk}", daemon=True)
            _busy[pk].start()


def _work(pk: int) -> None:
    is_done = False
    try:
        is_done = deliver(pk)
    except Exception:
        logger.exception("Delivery to webhook %s broke off; it goes on within a minute.", pk)
    finally:
        with _guard:
            del _busy[pk]
    with suppress(Error):
        if is_done:
            start_due()
    connection.close()


# ---------- the standing thread ----------
def keep_listening() -> None:
    """Start the standing thread unless it is there."""
    global _listener
    with _guard:
        if _listener is None or not _listener.is_alive():
            _listener = threading.Thread(target=_listen, name="webhooks", daemon=True)
            _listener.start()


def _listen() -> None:
    listening = connections["default"].copy()  # nothing else is said there, so that no word is missed
    try:
        listening.connect()
        listening.connection.execute(f"LISTEN {NOTED}; LISTEN {NUMBERED}")
        while True:
            sequence()
            start_due()
            _sleep(listening.connection)
    except (Error, psycopg.Error) as error:  # mostly a database that restarts
        logger.warning("News for webhooks cannot be heard, until the job of the next minute: %s", error)
    finally:
        listening.close()
        connection.close()


def _sleep(session: psycopg.Connection) -> None:
    """Until there is news, or the next retry is due."""
    latest = timezone.now() + LONGEST_SLEEP
    seconds = (min(next_due() or latest, latest) - timezone.now()).total_seconds()
    for timeout in (max(seconds, LEAST_SLEEP), 0):  # the first word, and those that came with it
        list(session.notifies(timeout=timeout, stop_after=1 if timeout else None))


# ---------- at night ----------
def forget_old_attempts() -> None:
    """Log and mails go after two weeks; secrets that no longer sign go too."""
    now = timezone.now()
    WebhookAttempt.objects.filter(at__lt=now - KEPT).delete()
    WebhookMail.objects.filter(due_at__lt=now - KEPT).delete()
    WebhookEndpoint.objects.filter(former_until__lt=now).update(former_secret="", former_until=None)
