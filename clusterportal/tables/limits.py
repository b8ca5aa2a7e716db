"""What a table may be: beyond it a file is refused with a sentence, before it fills memory or time."""

from django.utils.translation import gettext_lazy as _

from clusterportal.tables.formats import UnreadableTable

HEADER_SEARCH_ROWS = 30  # rows in which a header may stand under titles, and by which a delimiter is detected
MAX_COLUMNS = 1_000
MAX_ROWS = 1_048_576  # of a sheet, as spreadsheets have it
MAX_SHARED_STRINGS = 2_000_000  # different texts of a workbook
MAX_DEPTH = 100  # elements within one another
MAX_BLANKS = 1_000  # blanks that an OpenDocument workbook writes as one element
MAX_ROW_CHARACTERS = 1_000_000


def check_width(width: int, row: int) -> None:
    """Raises UnreadableTable for a row that is wider than a table."""
    if width > MAX_COLUMNS:
        text = _("Row %(row)s has more than %(most)s columns. Save the part you need.")
        raise UnreadableTable(text, {"row": row, "most": MAX_COLUMNS})


def check_length(cells: list, row: int) -> None:
    """Raises UnreadableTable for a row that holds more text than a table."""
    if sum(map(size_of, cells)) > MAX_ROW_CHARACTERS:
        text = _("Row %(row)s holds more than %(most)s characters.")
        raise UnreadableTable(text, {"row": row, "most": MAX_ROW_CHARACTERS})


def size_of(cell) -> int:
    """About how many characters a cell holds."""
    if isinstance(cell, str):
        return len(cell)
    return len(repr(cell)) if isinstance(cell, (list, dict)) else 8


def check_blanks(count: int) -> None:
    """Raises UnreadableTable for more blanks in a row than a text has."""
    if count > MAX_BLANKS:
        text = _("A cell holds %(count)s blanks in a row. Remove them, or save the table as CSV.")
        raise UnreadableTable(text, {"count": count})


def check_row_number(number: int) -> None:
    """Raises UnreadableTable below the last row of a sheet."""
    if number > MAX_ROWS:
        raise UnreadableTable(_("The sheet has more rows than a table holds. Save the part you need."))
