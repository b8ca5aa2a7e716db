"""Characters that the faces of a document do not have: found before it is set, and named in its text.

Typst refuses a PDF/UA with a missing character, and says which; so all rare characters are set once, on a page that
nobody sees. Typst brings Latin, Greek, Cyrillic, Hebrew, Arabic and Devanagari along; further faces come from a folder.
"""

import re
import unicodedata
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterportal.atlas.domain.typesetting import Refused, typeset

_CERTAIN = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x180)))) | frozenset(
    "\n\t–—‘’‚“”„…•€−\u200b"
)
_WITHOUT_GLYPH = ("Cc", "Cn", "Co", "Cs")  # control, unassigned, private, surrogates: no face can have them
_KEPT_MARKS = frozenset("\u00ad\u200b\u200c\u200d")  # that may stand inside words
_NAMED = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_known: dict[str, bool] = {}  # whether there is a glyph, of the characters that were tried


def missing_in(texts: str) -> frozenset[str]:
    """The characters of `texts` for which no face has a glyph. Raises CannotSet."""
    rare = {one for one in set(texts) - _CERTAIN if unicodedata.category(one) != "Cf"}
    without = {one for one in rare if unicodedata.category(one) in _WITHOUT_GLYPH}
    if fresh := sorted(rare - without - _known.keys()):
        lacking = _tried(fresh)
        _known.update({one: one not in lacking for one in fresh})
    return frozenset(without | {one for one in rare - without if not _known[one]})


def _tried(characters: list[str]) -> set[str]:
    # A mark of combination needs a letter to stand on.
    lines = ["o" + one if unicodedata.category(one).startswith("M") else one for one in characters]
    try:
        typeset("probe", {"characters": lines})
    except Refused as error:
        found = {_plain(one) for one in _NAMED.findall(error.detail)}
        if not found:
            raise
        return {one for text in found for one in text if one in characters}
    return set()


def _plain(shown: str) -> str:
    """What a debugger's string stands for."""
    return _ESCAPED.sub(lambda code: chr(int(code[1], 16)), shown).replace('\\"', '"').replace("\\\\", "\\")


def with_marks(content: Any, missing: frozenset[str]) -> Any:
    """`content` (as of JSON) with a note in square brackets wherever characters are missing."""
    if isinstance(content, str):
        return _marked(content, missing)
    if isinstance(content, dict):
        return {key: with_marks(value, missing) for key, value in content.items()}
    if isinstance(content, list):
        return [with_marks(one, missing) for one in content]
    return content


def _marked(text: str, missing: frozenset[str]) -> str:
    if not text.isascii():
        text = "".join(one for one in text if unicodedata.category(one) != "Cf" or one in _KEPT_MARKS)
    if missing.isdisjoint(text):
        return text
    parts = []
    for is_missing, run in groupby(text, missing.__contains__):
        characters = "".join(run)
        parts.append(_note(characters) if is_missing else characters)
    return "".join(parts)


def _note(characters: str) -> str:
    """ "[4 characters, CJK]": how many are missing, and of which script."""
    script = unicodedata.name(characters[0], "").split(" ")[0].split("-")[0].capitalize()
    script = "CJK" if script == "Cjk" else script
    words = {"number": len(characters), "script": script or _("unknown")}
    text = ngettext(
        "[%(number)d character, %(script)s]", "[%(number)d characters, %(script)s]", len(characters)
    )
    return text % words
