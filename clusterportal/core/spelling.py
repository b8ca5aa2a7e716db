"""Texts spelt as the database's `registry_spelling` spells them, for what is shown: marks and "did you mean"."""

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "a", "œ": "o", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "þ": "th"}
)
_NO_LETTER = re.compile(r"[\W_]+")
_SPELT_OUT = re.compile("([aou])e")
WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=10_000)  # words of names and texts, which a list has again and again
def spelling(text: str) -> str:
    """`text` in small letters without accents and punctuation, umlauts as base letters however they were written."""
    plain = text.lower()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain.translate(_LETTERS))
        plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return _SPELT_OUT.sub(r"\1", _NO_LETTER.sub(" ", plain)).strip()


@lru_cache(maxsize=65_536)  # all towns of a registry, compared with each that is asked for
def caseless(text: str) -> str:
    """What two texts share that differ in capitals alone, or in how their accents are encoded."""
    return unicodedata.normalize("NFC", text).casefold()
