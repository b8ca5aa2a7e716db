"""Addresses that only the portal can make: where bounces of a mail go, and mails that unsubscribe.

`newsletter+b<key>.<seal>@domain`: the key of the mail, and an HMAC of it, so that nobody takes others off a list.
"""

import base64
import binascii
import re
import uuid
from collections.abc import Iterator
from email.utils import parseaddr
from typing import NamedTuple

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

BOUNCE, UNSUBSCRIBE = "b", "u"
_SEAL = 16  # hex digits: 64 bits
_SHAPE = re.compile(rf"\+([{BOUNCE}{UNSUBSCRIBE}])([a-z2-7]{{26}})\.([0-9a-f]{{{_SEAL}}})@", re.IGNORECASE)


class Sealed(NamedTuple):
    """What an address of ours says: what it is for, and the key of a mail or subscription."""

    purpose: str
    key: uuid.UUID


def sender() -> str:
    """The bare address that newsletters come from."""
    host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return parseaddr(settings.NEWSLETTER_FROM)[1] or f"newsletter@{host}"


def sealed_address(purpose: str, key: uuid.UUID) -> str:
    name, _at, domain = sender().rpartition("@")
    word = base64.b32encode(key.bytes).decode().rstrip("=").lower()
    return f"{name}+{purpose}{word}.{next(_seals(purpose, word))}@{domain}"


def sealed_in(text: str) -> list[Sealed]:
    """Every address of ours in a text, each once, in order; those that somebody made up are passed over."""
    found: dict[Sealed, None] = {}
    for purpose, word, seal in _SHAPE.findall(text):
        purpose, word, seal = purpose.lower(), word.lower(), seal.lower()
        if any(constant_time_compare(seal, one) for one in _seals(purpose, word)):
            try:
                found[Sealed(purpose, uuid.UUID(bytes=base64.b32decode(f"{word.upper()}======")))] = None
            except (binascii.Error, ValueError):
                continue
    return list(found)


def _seals(purpose: str, word: str) -> Iterator[str]:
    """By the secret of today, then by former ones: mails that went out before it was changed come back all the same."""
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        mark = salted_hmac("newsletters.addresses", f"{purpose}:{word}", secret=secret, algorithm="sha256")
        yield mark.hexdigest()[:_SEAL]
