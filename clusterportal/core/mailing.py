"""Sending mails from jobs: each one once, also when a worker dies while it sends.

An accepted mail is noted at once, in a transaction of its own. If the worker dies in the few milliseconds between the
server's answer and the note, the mail is sent again: rather twice than never. Both have the same Message-ID, by which
mail servers and programs recognise the duplicate.
"""

import logging
import re
import smtplib
import socket
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.db import Error, InterfaceError, OperationalError, connection

from clusterportal.core.models import Delivery

_STATUS = re.compile(rb"[245]\.\d{1,3}\.\d{1,3}")  # RFC 3463, at the beginning of what a server says
NOTED_WITHIN = 600.0  # seconds that the database may be unavailable after the mail server's answer
logger = logging.getLogger(__name__)


class Recipient(NamedTuple):
    """An address and the language in which its owner reads."""

    address: str
    language: str


class Attachment(NamedTuple):
    """A file of text that goes with a mail."""

    name: str
    text: str
    mime: str


def leaving_headers(leave: str, *others: str) -> dict[str, str]:
    """Headers by which a mail program offers to unsubscribe: one POST to `leave` does it (RFC 8058).

    `others`: further addresses that unsubscribe (RFC 2369), such as mailto.
    """
    named = ", ".join(f"<{address}>" for address in (leave, *others))
    return {"List-Unsubscribe": named, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


class NotAccepted(Exception):
    """The mail server did not take the mail; the message says why, and names no address.

    `is_final`: it never will. `is_unclear`: nothing was heard of what became of the mail, so it may have been taken.
    `status`: why, as RFC 3463 numbers it (`5.1.1`), where the recipient was refused; else empty.
    """

    def __init__(self, reason: str, *, is_final: bool = False, is_unclear: bool = False, status: str = ""):
        super().__init__(reason)
        self.is_final, self.is_unclear, self.status = is_final, is_unclear, status


class IsBeingSent(Exception):
    """Another worker has this mail in hand."""


def send_once(
    *,
    key: str,
    subject: str,
    body: str,
    to: str,
    reply_to: str = "",
    attachments: Sequence[Attachment] = (),
    html: str = "",
    headers: Mapping[str, str] | None = None,
    returns_to: str = "",
    line: BaseEmailBackend | None = None,
) -> None:
    """Send one mail, unless a mail with this `key`, a UUID, was accepted before.

    `reply_to`: where answers go, other than to the portal. `html`: the same for programs that show it. `returns_to`:
    where bounces go (the envelope's sender). `line`: an open connection, for many mails one after the other.
    Raises NotAccepted, IsBeingSent; the caller tries again later.
    """
    with _in_hand(key):
        if Delivery.objects.filter(key=key).exists():
            return
        domain = urlsplit(settings.SITE_URL).hostname
        mail = EmailMultiAlternatives(
            subject,
            body,
            returns_to or None,
            [to],
            headers={"Message-ID": f"<{key}@{domain}>", **(headers or {})},
            reply_to=[reply_to] if reply_to else None,
            attachments=attachments,
            connection=line,
        )
        if html:
            mail.attach_alternative(html, "text/html")
        try:
            mail.send()
        except (smtplib.SMTPException, OSError) as error:
            reason = _reason(error)
            logger.warning("The mail server did not take a mail: %s", reason)
            # Without its cause: the error names the recipient.
            raise NotAccepted(
                reason, is_final=_is_final(error), is_unclear=_is_unclear(error), status=_status(error)
            ) from None
        _note(key)


def _reason(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return ", ".join(sorted({f"recipient refused ({code})" for code, _text in error.recipients.values()}))
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{type(error).__name__} ({error.smtp_code})"
    return f"{type(error).__name__}: {error}"


def _status(error: Exception) -> str:
    """Of a refused recipient; a server that gives no number of RFC 3463 says as much by its code."""
    if not isinstance(error, smtplib.SMTPRecipientsRefused) or not error.recipients:
        return ""
    code, text = next(iter(error.recipients.values()))
    said = text if isinstance(text, bytes) else text.encode()
    found = _STATUS.match(said.strip())
    return found.group().decode() if found else f"{code // 100}.0.0"


def _codes(error: Exception) -> list[int]:
    """What the server answered, as codes of SMTP; empty where it answered nothing."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return [code for code, _text in error.recipients.values()]
    return [error.smtp_code] if isinstance(error, smtplib.SMTPResponseException) else []


def _is_final(error: Exception) -> bool:
    """Refused for what it is or whom it is for; a server that wants another sign-in may be set right."""
    of_this_mail = smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError
    return isinstance(error, of_this_mail) and all(500 <= code < 600 for code in _codes(error))


def _is_unclear(error: Exception) -> bool:
    """The line broke, perhaps behind the last word; a server that nobody reached took nothing."""
    never_reached = ConnectionRefusedError | socket.gaierror | smtplib.SMTPConnectError
    return not _codes(error) and not isinstance(error, never_reached)


@contextmanager
def _in_hand(key: str) -> Iterator[None]:
    """Only one worker at a time sends this mail; the session lock ends with a worker that dies."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [f"mail {key}"])
        if not cursor.fetchone()[0]:
            raise IsBeingSent
    try:
        yield
    finally:
        with suppress(Error), connection.cursor() as cursor:  # a broken session has lost its lock
            cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [f"mail {key}"])


def _note(key: str) -> None:
    """Note that the mail was accepted; waits while the database restarts."""
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
