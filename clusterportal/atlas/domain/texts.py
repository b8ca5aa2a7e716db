"""Texts of the registry as documents say them: in the language of the reader, or marked with the one they have."""

import re
from typing import Any

from django.utils.translation import get_language

from clusterportal.core.compounds import with_soft_hyphens
from clusterportal.core.countries import language_spoken_in
from clusterportal.core.languages import language_shown

Text = str | dict[str, str]
_PLACES_TO_BREAK = re.compile(r"(?<=[/.@_?&=-])(?=\w)")
_LONG_PART = re.compile(r"\w{16}(?=\w{6})")  # of an address, in a narrow column
_LONG_WORD = re.compile(r"[^\W\d_]{31,}")
# Of German: no dictionary divides what is longer, or of few different letters.
_LONGEST_WORD, _LEAST_LETTERS = 80, 8
_ENDLESS_RUN = re.compile(r"\S{24}(?=\S{8})")
_LETTERS = re.compile(r"[^\W\d_]{12}(?=[^\W\d_]{4})")
_BREAK = "\u200b"  # a line may end here, and nothing shows it


def marked(text: str, language: str) -> Text:
    """`text`, with its language where that is not the document's; Typst takes its name without script or region."""
    text = breakable(text)
    if language in ("", get_language()) or not text:
        return text
    return {"text": text, "lang": language.partition("-")[0]}


def said(record: Any, name: str) -> Text:
    """A translated field in the active language or another one, which is then named; empty without text."""
    return marked(getattr(record, name), language_shown(record, name))


def short(record: Any) -> Text:
    """The name of a layer or an area, which may break before the heads of its compounds."""
    text = said(record, "name")
    if isinstance(text, str):
        return with_soft_hyphens(text)
    return text | {"text": with_soft_hyphens(text["text"])}


def name_of(actor: Any) -> Text:
    """The name that people use, in the language of its country."""
    return marked(str(actor), language_spoken_in(actor.country))


def breakable(text: str) -> str:
    """`text` in which endless words and runs of signs may break; words of people are left to the dictionary."""
    text = _LONG_WORD.sub(_divided, text)
    return " ".join(
        _ENDLESS_RUN.sub(lambda run: run[0] + _BREAK, word) if any(map(str.isdigit, word)) else word
        for word in text.split(" ")
    )


def _divided(word: re.Match) -> str:
    if len(word[0]) <= _LONGEST_WORD and len(set(word[0])) >= _LEAST_LETTERS:
        return word[0]
    return _LETTERS.sub("\\g<0>\u00ad", word[0])


def address_shown(address: str) -> str:
    """A web or mail address as people write it, which may break where its parts end."""
    short = re.sub(r"^(?:https?://(?:www\.)?|mailto:)|/$", "", address)
    return _LONG_PART.sub(lambda part: part[0] + _BREAK, _PLACES_TO_BREAK.sub(_BREAK, short))


def plain(text: Text) -> str:
    """The text alone."""
    return text if isinstance(text, str) else text["text"]
