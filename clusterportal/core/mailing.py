"""Sending mails that jobs carry: each one once, also when a worker dies while it sends.

What the mail server accepted is noted at once, in a transaction of its own. A worker that dies between the server's
word and the note, a few milliseconds, leaves a mail that goes out again: rather twice than never. The second one has
the first one's Message-ID, by which mail servers and programs know it as the same.
"""

import logging
import smtplib
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import Error, InterfaceError, OperationalError, connection

from clusterportal.core.models import Delivery

NOTED_WITHIN = 600.0  # seconds that the database may be away after the mail server's word
logger = logging.getLogger(__name__)


class Recipient(NamedTuple):
    """An address and the language in which its owner reads."""

    address: str
    language: str


class NotAccepted(Exception):
    """The mail server did not take the mail; the message says why, and names no address."""


class IsBeingSent(Exception):
    """Another worker has this mail in hand."""


def send_once(*, key: str, subject: str, body: str, to: str) -> None:
    """Send one mail of plain text, unless a mail with this `key`, a UUID, was accepted before.

    Raises NotAccepted, IsBeingSent; the caller tries again later.
    """
    with _in_hand(key):
        if Delivery.objects.filter(key=key).exists():
            return
        domain = urlsplit(settings.SITE_URL).hostname
        mail = EmailMessage(subject, body, None, [to], headers={"Message-ID": f"<{key}@{domain}>"})
        try:
            mail.send()
        except (smtplib.SMTPException, OSError) as error:
            reason = _reason(error)
            logger.warning("The mail server did not take a mail: %s", reason)
            raise NotAccepted(reason) from None  # the error names the recipient
        _note(key)


def _reason(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return ", ".join(sorted({f"recipient refused ({code})" for code, _text in error.recipients.values()}))
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{type(error).__name__} ({error.smtp_code})"
    return f"{type(error).__name__}: {error}"


@contextmanager
def _in_hand(key: str) -> Iterator[None]:
    """Among all workers only this one; a lock of the session, which goes with a worker that dies."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [f"mail {key}"])
        if not cursor.fetchone()[0]:
            raise IsBeingSent
    try:
        yield
    finally:
        with suppress(Error), connection.cursor() as cursor:  # a session that broke has no lock any more
            cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [f"mail {key}"])


def _note(key: str) -> None:
    """Note that the mail was accepted, also when the database is just being restarted."""
    deadline = time.monotonic() + NOTED_WITHIN
    while True:
        try:
            Delivery.objects.get_or_create(key=key)
            return
        except (OperationalError, InterfaceError):
            if connection.in_atomic_block or time.monotonic() > deadline:
                raise
            connection.close()
            time.sleep(0.5)
