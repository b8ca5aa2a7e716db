"""Cells and rows that carry a word about themselves: what cannot be trusted, what is no row of the table."""

import re

from django.utils.translation import gettext_lazy as _

LONGEST_CELL = 100_000  # characters; three times what a cell of a spreadsheet holds
BROKEN = _("Letters are broken here (as “Ã¼” for “ü”, or “�”). Mend them where the table comes from.")
CUT = _("The text is longer than 100,000 characters.")
ERROR = _("This is an error of the spreadsheet, no value. Mend the formula, or empty the cell.")
NO_RESULT = _("This is a formula without a result. Open the file in a spreadsheet and save it there.")
NESTED = _("This is nested too deeply, or holds too much.")
DURATION = _("This is a length of time, no text.")

# Errors as Excel, LibreOffice and Google show them, in English and German.
_ERROR = re.compile(
    r"#(?:N/A|NV|REF!|BEZUG!|NAME\?|DIV/0!|VALUE!|WERT!|NULL!|NUM!|ZAHL!|SPILL!|ÜBERLAUF!|CALC!|KALK!|FIELD!|FELD!"
    r"|GETTING_DATA|DATEN_ABRUFEN|BLOCKED!|BLOCKIERT!|CONNECT!|VERBINDEN!|UNKNOWN!|UNBEKANNT!|BUSY!|ERROR!|FEHLER!)"
    r"|(?:Err|Fehler):\d{3}|#{3,}",
    re.I,
)
# UTF-8 read as something else: the first byte of an umlaut stands as a letter or sign of its own.
_BROKEN = re.compile(
    "Ã[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u2013-\u203a\u20ac\u2122]"
    "|â€|Â[§°·»«©®\u00a0]|√[§∂ºÑñúü©®≠°]|├[╝ñ¤ÂƒßÄûÖ£╢í®í]|�"
)
_PROTECTED = re.compile(r'="((?:[^"]|"")*)"')  # as exporters keep Excel from reading a number
_APOSTROPHE = re.compile(r"'[+(]?\d[\d\s()/.,+-]*")  # what people type to the same end


class Unreadable(str):
    """A cell whose text cannot be trusted; `reason` is a sentence for people. No field may take it."""

    reason: str

    def __new__(cls, text: str, reason=""):
        marked = super().__new__(cls, text)
        marked.reason = reason
        return marked


class PassedOver(str):
    """The text of a row that is no row of the table (a note, a total, a heading once more), and the reason."""

    reason: str

    def __new__(cls, text: str, reason=""):
        marked = super().__new__(cls, text)
        marked.reason = reason
        return marked


class HiddenRow(list):
    """The cells of a row that people do not see in their spreadsheet."""


def is_error(text: str) -> bool:
    """Whether a cell shows an error of a spreadsheet instead of a value."""
    return text[:1] in "#EeFf" and bool(_ERROR.fullmatch(text.strip()))


def marked(cell):
    """A cell as it stands, or marked as unreadable: errors, broken letters, texts without end."""
    if not isinstance(cell, str) or isinstance(cell, Unreadable) or not cell:
        return cell
    if len(cell) > LONGEST_CELL:
        return Unreadable(f"{cell[:100]}…", CUT)
    if is_error(cell):
        return Unreadable(cell, ERROR)
    if not cell.isascii() and (_BROKEN.search(cell) or any("\ud800" <= sign <= "\udfff" for sign in cell)):
        return Unreadable(cell.encode("utf-8", "replace").decode(), BROKEN)
    return cell


def unprotected(text: str) -> str:
    """`="04109"` and `'04109` as 04109: how exporters and people keep a spreadsheet from counting."""
    if found := _PROTECTED.fullmatch(text):
        return found[1].replace('""', '"')
    return text[1:] if _APOSTROPHE.fullmatch(text) else text
