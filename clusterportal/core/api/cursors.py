"""Cursors: opaque positions in a list, valid only for the list and filters that they were made for.

A cursor is the last primary key, encrypted with its own authentication tag as initialisation vector (as in RFC 5297):
it does not reveal how many records there are, and the same position always has the same cursor, so that entity tags
do not change without need.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from hmac import compare_digest

from django.utils.crypto import salted_hmac

_SALT = "clusterportal.core.api.cursors"
_TAG, _KEY = 12, 8  # bytes
LENGTH = 27  # characters: 20 bytes in base64 without padding
PATTERN = f"[A-Za-z0-9_-]{{{LENGTH}}}"


def cursor_after(key: int, *, of: str) -> str:
    """The cursor for the position after the primary key `key` in the list named `of`."""
    octets = key.to_bytes(_KEY)
    tag = _digest("tag", of.encode(), octets)[:_TAG]
    return urlsafe_b64encode(tag + _masked(octets, tag)).decode().rstrip("=")


def key_of(cursor: str, *, of: str) -> int | None:
    """The primary key of a cursor of the list named `of`; None if it is not a cursor of that list."""
    if not (len(cursor) == LENGTH and cursor.isascii()):
        return None
    try:
        octets = urlsafe_b64decode(f"{cursor}=")
    except ValueError:
        return None
    key = _masked(octets[_TAG:], octets[:_TAG])
    is_ours = compare_digest(_digest("tag", of.encode(), key)[:_TAG], octets[:_TAG])
    return int.from_bytes(key) if is_ours else None


def _masked(octets: bytes, tag: bytes) -> bytes:
    return bytes(one ^ other for one, other in zip(octets, _digest("mask", tag), strict=False))


def _digest(use: str, *parts: bytes) -> bytes:
    return salted_hmac(f"{_SALT}.{use}", b"\0".join(parts), algorithm="sha256").digest()
