"""Cells whose text cannot be trusted: errors of a spreadsheet, broken letters, endless texts."""

import re

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MAX_CELL_CHARACTERS = 100_000  # three times what a cell of a spreadsheet holds
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
# UTF-8 decoded as something else: the first byte of an umlaut has become a letter or sign of its own.
_BROKEN = re.compile(
    "Ã[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u2013-\u203a\u20ac\u2122]"
    "|â€|Â[§°·»«©®\u00a0]|√[§∂ºÑñúü©®≠°]|├[╝ñ¤ÂƒßÄûÖ£╢í®í]|�"
)


class UnreadableCell(str):
    """The text of a cell that cannot be trusted; `reason` is a sentence for people. No field may take it."""

    reason: str | Promise

    def __new__(cls, text: str, reason: str | Promise = ""):
        cell = super().__new__(cls, text)
        cell.reason = reason
        return cell


def is_error(text: str) -> bool:
    """Whether a cell shows an error of a spreadsheet instead of a value."""
    return text[:1] in "#EeFf" and bool(_ERROR.fullmatch(text.strip()))


def flag_unreadable(cell):
    """The cell as it is, or as an UnreadableCell: errors, broken letters, endless texts."""
    if not isinstance(cell, str) or isinstance(cell, UnreadableCell) or not cell:
        return cell
    if len(cell) > MAX_CELL_CHARACTERS:
        return UnreadableCell(f"{cell[:100]}…", CUT)
    if is_error(cell):
        return UnreadableCell(cell, ERROR)
    if not cell.isascii() and (_BROKEN.search(cell) or any("\ud800" <= sign <= "\udfff" for sign in cell)):
        return UnreadableCell(cell.encode("utf-8", "replace").decode(), BROKEN)
    return cell
