"""Languages in which a part of the interface is not translated yet: English words stand in, and a page says so.

gettext asks a catalogue for a message and, where it lacks it, the catalogue's fallback. Django's own fallback is the
first language of the portal: a Russian page would have German words and nobody could tell. Here the fallback is
English. While a page is made (`marking`), it puts private signs around each such message; `spoken` turns them into
`<span lang="en">` in running text and takes them out where no element can stand: in attributes, titles, scripts
and pictures.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from gettext import NullTranslations

from django.conf import settings
from django.utils.translation import trans_real

_BEGIN, _END = "\ue000", "\ue001"  # for private use: no text of people holds them
_CONTEXT = "\x04"  # between the context of a message and the message
_ADDRESS = re.compile(
    r"\S*[/<]\S*|[\w-]+\.\w+"
)  # a part of an address, which is translated too, or left as it is
_TAG = re.compile(r"(<!--.*?-->|<[^>]*>)", re.S)
_NAME = re.compile(r"</?\s*([a-zA-Z0-9]+)")
_WITHOUT_ELEMENTS = {"title", "option", "textarea", "script", "style", "svg"}
_BLOCKS = {
    "p",
    "li",
    "td",
    "th",
    "div",
    "section",
    "dt",
    "dd",
    "h1",
    "h2",
    "h3",
    "h4",
    "caption",
    "figcaption",
}
_is_marking: ContextVar[bool] = ContextVar("is_marking", default=False)


def partial_languages() -> list[str]:
    """The languages of the portal whose interface is not complete."""
    return [code for code, _name in settings.LANGUAGES if code not in settings.WHOLE_LANGUAGES]


class EnglishWords(NullTranslations):
    """The last fallback of a catalogue: the message itself, which is English."""

    def gettext(self, message: str) -> str:
        return _marked(message.rpartition(_CONTEXT)[2])

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return _marked((msgid1 if n == 1 else msgid2).rpartition(_CONTEXT)[2])


def stand_in() -> None:
    """When the portal starts: English in place of the first language, for every language that is not complete."""
    for code in partial_languages():
        catalogue = trans_real.translation(code)
        catalogue._fallback = EnglishWords()  # type: ignore[attr-defined]  # where Django has put its own


@contextmanager
def marking() -> Iterator[None]:
    """Within, English words that stand in are marked; what is sent from there has to go through `spoken`."""
    token = _is_marking.set(True)
    try:
        yield
    finally:
        _is_marking.reset(token)


@contextmanager
def plain_words() -> Iterator[None]:
    """Within, nothing is marked: for what a page stores, or makes beside itself, such as a proof or a document."""
    token = _is_marking.set(False)
    try:
        yield
    finally:
        _is_marking.reset(token)


def _marked(text: str) -> str:
    if not text or not _is_marking.get() or _ADDRESS.fullmatch(text):
        return text
    return f"{_BEGIN}{text}{_END}"


def unmarked(text: str) -> str:
    """`text` without the signs: for what is no page, such as a mail."""
    return text.replace(_BEGIN, "").replace(_END, "")


def spoken(html: str) -> str:
    """A page with its marked words as elements that say `lang="en"`."""
    if _BEGIN not in html:
        return html.replace(_END, "")
    parts, depth, closed_by = [], 0, ""
    for piece in _TAG.split(html):
        if piece.startswith("<"):
            name = found[1].lower() if (found := _NAME.match(piece)) else ""
            if closed_by:
                closed_by = "" if name == closed_by and piece.startswith("</") else closed_by
            elif name in _WITHOUT_ELEMENTS and not piece.startswith("</") and not piece.endswith("/>"):
                closed_by = name
            if name in _BLOCKS:  # a text that was cut has lost its end
                depth = 0
            parts.append(unmarked(piece))
        elif closed_by:
            if (
                closed_by == "option" and _BEGIN in piece
            ):  # it holds no element, but can say its language itself
                parts[-1] = f'{parts[-1][:-1]} lang="en">'
            parts.append(unmarked(piece))
        else:
            text, depth = _wrapped(piece, depth)
            parts.append(text)
    return "".join(parts)


def _wrapped(text: str, depth: int) -> tuple[str, int]:
    """A run of text with its marked stretches in elements, and how deep it ends within marked words."""
    parts: list[str] = []
    for stretch in re.split(f"([{_BEGIN}{_END}])", text):
        if stretch in (_BEGIN, _END):
            depth = max(depth + (1 if stretch == _BEGIN else -1), 0)
        elif depth and stretch.strip():
            parts.append(f'<span lang="en">{stretch}</span>')
        else:
            parts.append(stretch)
    return "".join(parts), depth
