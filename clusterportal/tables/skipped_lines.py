"""Lines of a table that are not rows of it: its heading repeated, totals, notes, hidden rows."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _

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
_SHOWN_CHARACTERS = 200
Cells = list[tuple[int, object]]  # column, cell


class SkippedLine(str):
    """The text of a line that is not a row of the table; `reason` is a sentence for people that quotes it."""

    reason: str

    def __new__(cls, text: str, reason: str):
        line = super().__new__(cls, text)
        line.reason = reason % {"text": text}
        return line


class HiddenRow(list):
    """The cells of a row that people do not see in their spreadsheet."""


def filled(cell) -> bool:
    """Whether a cell holds anything but blanks."""
    if isinstance(cell, str):
        return bool(cell) and not cell.isspace()
    return cell is not None


def filled_cells(cells: Sequence) -> Cells:
    """(column, cell) of the cells that hold anything."""
    return [(column, cell) for column, cell in enumerate(cells) if filled(cell)]


def folded(cell) -> str:
    """The text of a cell for comparison: case folded, runs of blanks as one."""
    return " ".join(str(cell).split()).casefold() if cell is not None else ""


def is_number(cell) -> bool:
    """Whether a cell is a number, or text that reads as one."""
    return isinstance(cell, (int, float)) or (filled(cell) and bool(_NUMBER.fullmatch(str(cell).strip())))


def skipped_line(present: Cells, headings: list[set[str]], *, is_hidden: bool) -> SkippedLine | None:
    """The line with the reason why it is not a row of the table; None for a row.

    `present`: its filled cells. `headings`: by column, the words that a repeated heading would show there, folded.
    """
    if is_hidden:
        return SkippedLine(_text(present), _("The row is hidden in the spreadsheet: %(text)s"))
    if _repeats_heading(present, headings):
        return SkippedLine(_text(present), _("The heading stands here once more: %(text)s"))
    if _is_total(present):
        return SkippedLine(_text(present), _("A total, no row of the table: %(text)s"))
    if len(present) == 1 and _NOTE.fullmatch(text := _text(present)):
        return note(text)
    return None


def note(text: str) -> SkippedLine:
    """A remark under the table."""
    return SkippedLine(text, _("A note under the table: %(text)s"))


def _text(present: Cells) -> str:
    return " ".join(" ".join(str(cell).split()) for _column, cell in present)[:_SHOWN_CHARACTERS].strip()


def _repeats_heading(present: Cells, headings: list[set[str]]) -> bool:
    titled = sum(map(bool, headings))
    return len(present) >= min(2, titled) and all(
        column < len(headings) and folded(cell) in headings[column] for column, cell in present
    )


def _is_total(present: Cells) -> bool:
    """Whether there is a word for a total and nothing but numbers beside it."""
    words = [cell for _column, cell in present if not is_number(cell)]
    return len(words) == 1 and bool(_TOTAL.fullmatch(str(words[0]).strip()))
