"""Lines of a table that are no rows of it: its heading once more, totals, notes, what is hidden."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _

from clusterportal.tables.unreadable_cells import HiddenRow, PassedOver

_TOTAL = re.compile(
    r"(?:(?:zwischen|gesamt|end|teil)?summe|(?:ins)?gesamt|gesamt(?:zahl|anzahl|ergebnis)|anzahl(?: der \w+)?"
    r"|(?:grand |sub)?totals?|sum|count)\s*(?:[:=]\s*)?[\d.,\s]*",
    re.I,
)
_NOTE = re.compile(
    r"(?:(?:daten)?stand|quellen?|datenquelle|sources?|as of|hinweise?|anmerkung(?:en)?|bemerkung(?:en)?|legende|notes?"
    r"|erstellt (?:am|von)|exportiert am|abgerufen am|druckdatum|datum|created(?: on| by)?|exported(?: on)?)\s*:.*"
    r"|(?:stand|erstellt|exportiert|abgerufen|as of)\s.*\d{4}.*"
    r"|[-–]\s*\d+\s*[-–]|(?:fortsetzung|übertrag)\b.{0,40}|ende der (?:liste|tabelle|datei)|(?:aus)?gedruckt am .*"
    r"|(?:alle angaben )?ohne gewähr.{0,40}|anzahl(?: \w+){1,3}\s*:?\s*\d+"
    r"|(?:insgesamt )?\d+ (?:einträge|datensätze|firmen|unternehmen|mitglieder|zeilen|treffer|records|entries|rows)"
    r"|(?:seite|page)\s+\d+(?:\s*(?:von|of|/)\s*\d+)?|(?:©|\(c\)\s|\*\)|\d\)\s).*",
    re.I | re.S,
)
_NUMBER = re.compile(r"[-+]?[\d\s.,]*\d\s*%?")


def filled(cell) -> bool:
    return cell is not None and str(cell).strip() != ""


def folded(cell) -> str:
    """A cell to compare with another: in lower case, blanks as one."""
    return " ".join(str(cell).split()).casefold() if cell is not None else ""


def is_number(cell) -> bool:
    return isinstance(cell, (int, float)) or (filled(cell) and bool(_NUMBER.fullmatch(str(cell).strip())))


def passed_over(cells: Sequence, headings: list[set[str]]) -> PassedOver | None:
    """Why a line under the header is no row of the table; None for a row.

    `headings`: by column, its title and the words of each line of it, folded.
    """
    there = [(column, cell) for column, cell in enumerate(cells) if filled(cell)]
    text = " ".join(" ".join(str(cell).split()) for _column, cell in there)[:200]
    if isinstance(cells, HiddenRow):
        return PassedOver(text, _("The row is hidden in the spreadsheet: %(text)s") % {"text": text})
    if _repeats(there, headings):
        return PassedOver(text, _("The heading stands here once more: %(text)s") % {"text": text})
    if _is_total(there):
        return PassedOver(text, _("A total, no row of the table: %(text)s") % {"text": text})
    if len(there) == 1 and _NOTE.fullmatch(text.strip()):
        return note(text)
    return None


def note(text: str) -> PassedOver:
    """A remark under the table."""
    return PassedOver(text, _("A note under the table: %(text)s") % {"text": text})


def _repeats(there: list[tuple[int, object]], headings: list[set[str]]) -> bool:
    named = [column for column, words in enumerate(headings) if words]
    return len(there) >= min(2, len(named)) and all(
        column < len(headings) and folded(cell) in headings[column] for column, cell in there
    )


def _is_total(there: list[tuple[int, object]]) -> bool:
    """A word for a total and nothing but numbers beside it."""
    words = [cell for _column, cell in there if not is_number(cell)]
    return len(words) == 1 and bool(_TOTAL.fullmatch(str(words[0]).strip()))
