"""Last parts of web addresses, made from names."""

import uuid
from collections.abc import Container
from itertools import count

from django.utils.text import slugify

LENGTH = 110  # characters; leaves room for the number that makes an address unique
_GERMAN = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ẞ": "SS", "&": " und "}
)


def as_uid(text: str) -> uuid.UUID | None:
    """The permanent id that `text` writes; None where it writes none."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def slug_of(text: str, *, length: int = LENGTH) -> str:
    """`text` as the last part of an address, German letters written out; empty when nothing is left of it."""
    return slugify(text.translate(_GERMAN))[:length].strip("-_")


def unused(slug: str, taken: Container[str]) -> str:
    """`slug`, or `slug-2`, `slug-3` ... when it is taken."""
    if slug not in taken:
        return slug
    return next(other for other in (f"{slug}-{number}" for number in count(2)) if other not in taken)
