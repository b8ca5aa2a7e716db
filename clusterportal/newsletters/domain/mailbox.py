"""What comes back to the address of newsletters: bounces (RFC 3464 and what follows no standard), unsubscribing mails.

Whose mail it is about says an address that only the portal can make, in the envelope or in the headers that a bounce
quotes. One message that cannot be read never stops the others.
"""

import logging
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from email import message_from_bytes
from email.message import Message
from pathlib import Path

from flufl.bounce import all_failures

from clusterportal.newsletters.domain import bounces, leaving
from clusterportal.newsletters.domain.addresses import UNSUBSCRIBE, sealed_in
from clusterportal.newsletters.enums import Way
from clusterportal.newsletters.models import IssueMail

LARGEST_MESSAGE = 5_000_000  # bytes of one message
_ADDRESSED = ("To", "Delivered-To", "X-Original-To", "Envelope-To")
BOUNCED, UNSUBSCRIBED, FOREIGN, UNREADABLE = "bounced", "unsubscribed", "foreign", "unreadable"
logger = logging.getLogger(__name__)


def take_in(messages: Iterable[bytes]) -> Counter[str]:
    """Act on each message; returns how many were bounces, unsubscribed, said nothing to us, or could not be read."""
    counts: Counter[str] = Counter()
    for raw in messages:
        try:
            counts[_act_on(raw)] += 1
        # Whatever the parsers raise: mails are written by everybody, and the next one waits.
        except Exception:
            logger.exception("A message in the mailbox of newsletters cannot be read")
            counts[UNREADABLE] += 1
    return counts


def read_maildir(folder: Path) -> Counter[str]:
    """Take in what is new in a Maildir; what was read is moved among the seen ones. Seen ones are not looked at."""
    counts: Counter[str] = Counter()
    for message in sorted((folder / "new").iterdir()):
        try:
            raw = message.read_bytes()
        except FileNotFoundError:
            continue  # another run has moved it
        except OSError as error:
            logger.error("A message in the mailbox of newsletters cannot be opened: %s", type(error).__name__)
            counts[UNREADABLE] += 1
            continue
        counts += take_in([raw])
        with suppress(FileNotFoundError):
            message.rename(folder / "cur" / f"{message.name.partition(':')[0]}:2,S")
    return counts


def _act_on(raw: bytes) -> str:
    message = message_from_bytes(raw[:LARGEST_MESSAGE])
    status = status_of(message)
    if status:
        return _note_bounce(raw, status)
    addressed = " ".join(str(value) for name in _ADDRESSED for value in message.get_all(name, []))
    for purpose, key in sealed_in(addressed):
        if purpose == UNSUBSCRIBE:  # a second time changes nothing
            leaving.end_by_key(key, way=Way.MAIL)
            return UNSUBSCRIBED
    return FOREIGN


def _note_bounce(raw: bytes, status: str) -> str:
    keys = [key for _purpose, key in sealed_in(raw[:LARGEST_MESSAGE].decode("ascii", "replace"))]
    mail = IssueMail.objects.filter(key__in=keys).first()
    if mail is None:
        return FOREIGN
    bounces.note(mail, status=status)
    return BOUNCED


def status_of(message: Message) -> str:
    """Why the mail came back, as RFC 3463 numbers it; empty where it is no bounce (a holiday note, for one)."""
    reported = [
        str(block["Status"]).split()[0]
        for part in message.walk()
        if part.get_content_type() == "message/delivery-status"
        for block in part.walk()
        if block["Status"] and str(block.get("Action", "failed")).strip().lower() in ("failed", "delayed")
    ]
    if failed := [status for status in reported if status[:2] in ("4.", "5.")]:
        return max(failed)[:12]  # what is for good counts
    passing, for_good = all_failures(message)
    return "5.0.0" if for_good else "4.0.0" if passing else ""
