"""One cleaning of every text that is stored: what nobody sees goes, what only looks different becomes the same."""

import re
import unicodedata

_PLAIN = re.compile(r"(?:[!-~]+(?: [!-~]+)*)?")  # already clean as a line
_PLAIN_LINES = re.compile(r"(?:[!-~](?:[ -~\n]*[!-~])?)?")  # already clean as a text of several lines
_HYPHENS = dict.fromkeys(map(ord, "\u2010\u2011"), "-")
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")  # a vertical tab is what slides use for a new line
_JOINERS = "\u200c\u200d"
# Invisible by category, but signs that are read: Arabic and Kaithi number signs, and others of their kind.
_READ = {*map(chr, [*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD])}
_WESTERN = ("LATIN", "GREEK", "CYRILLIC")  # scripts whose letters are never joined by an invisible sign


def clean_text(text: str) -> str:
    """A text of several lines in composed Unicode, without control characters and outer blanks.

    Also without invisible formatting characters (direction marks, soft hyphens), except joiners in scripts that
    need them; non-breaking hyphens and blanks become plain ones.
    """
    if _PLAIN_LINES.fullmatch(text):
        return text
    text = _BREAKS.sub("\n", text).translate(_HYPHENS)
    shown = "".join(_shown(text, place) for place in range(len(text)))
    return unicodedata.normalize("NFC", shown).strip()


def clean_line(text: str) -> str:
    """`clean_text` as one line with single blanks."""
    return text if _PLAIN.fullmatch(text) else " ".join(clean_text(text).split())


def _shown(text: str, place: int) -> str:
    """The character at `place` as it is kept: itself, a blank, or nothing."""
    sign = text[place]
    if sign in "\n\t":
        return sign
    category = unicodedata.category(sign)
    if category in ("Cc", "Zs"):
        return " "
    if category == "Cf" and sign not in _READ:
        return sign if sign in _JOINERS and _joins(text, place) else ""
    # Half of a pair, and what is no character: neither can be stored or sent as UTF-8 or XML.
    return "" if category == "Cs" or ord(sign) & 0xFFFE == 0xFFFE else sign


def _joins(text: str, place: int) -> bool:
    """Whether the joiner at `place` stands between letters that it shapes, or parts of one emoji."""
    around = text[place - 1 : place] + text[place + 1 : place + 2]
    return len(around) == 2 and all(map(_is_joined, around))


def _is_joined(sign: str) -> bool:
    name = unicodedata.name(sign, "")
    return unicodedata.category(sign)[0] in "LMS" and not name.startswith(_WESTERN)
