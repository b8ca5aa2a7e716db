"""The open sessions of a person, told apart by their times: addresses and browsers are kept nowhere."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from time import time

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import salted_hmac

from clusterportal.accounts.session_times import BEGAN, SEEN, is_over

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class OpenSession:
    """`handle` names it in a form: its key opens it, so that stays on the server."""

    handle: str
    began_at: datetime
    seen_at: datetime
    is_this: bool


def sessions_of(user, *, this: str) -> list[OpenSession]:
    """Those that are not over, the one with the key `this` first, then the one seen last."""
    found = [
        OpenSession(_handle(session), _moment(held[BEGAN]), _moment(held[SEEN]), session.pk == this)
        for session, held in _open(user)
    ]
    return sorted(found, key=lambda one: (not one.is_this, -one.seen_at.timestamp()))


def end_others(user, *, this: str, handle: str = "") -> int:
    """End the session that `handle` names, or all; never that with the key `this`. Returns how many ended."""
    keys = [one.pk for one, _held in _open(user) if one.pk != this and handle in ("", _handle(one))]
    ended = Session.objects.filter(pk__in=keys).delete()[0]
    if ended:
        logger.info("person %s ended other sessions: %s", user.pk, ended)
    return ended


def _open(user) -> Iterator[tuple[Session, dict]]:
    """No column names the person; a portal has as many sessions as sign-ins within the longest time of one."""
    now = time()
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        held = session.get_decoded()
        if held.get(SESSION_KEY) == str(user.pk) and not is_over(held, now):
            yield session, held


def _handle(session: Session) -> str:
    return salted_hmac("accounts.sessions", session.pk, algorithm="sha256").hexdigest()[:20]


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
