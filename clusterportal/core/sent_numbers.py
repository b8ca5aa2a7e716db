"""Numbers that a form or an address sent: whatever was typed there, they are whole numbers or nothing."""

from collections.abc import Iterable

LARGEST_KEY = 2**63 - 1  # of a column for primary keys
_MOST_DIGITS = len(str(LARGEST_KEY))


def sent_number(text: object, *, most: int = LARGEST_KEY) -> int | None:
    """The number from 0 to `most` that `text` writes in the digits 0 to 9; None where it writes anything else.

    Digits of other scripts and superscripts are none: `int` refuses some of what `str.isdigit` takes.
    """
    said = str(text)
    if not (said.isascii() and said.isdigit() and len(said) <= _MOST_DIGITS):
        return None
    number = int(said)
    return number if number <= most else None


def sent_numbers(texts: Iterable[object]) -> list[int]:
    """The numbers among `texts`, in their order."""
    return [number for text in texts if (number := sent_number(text)) is not None]
