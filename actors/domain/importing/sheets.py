"""The sheets of a workbook, row by row: Excel (xlsx) and OpenDocument (ods). Formulae count by their last result."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _

from actors.domain.importing.formats import UnreadableTable

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
WIDEST, LONGEST_GAP = 1_000, 1_000  # a sheet ends in one cell, one row, repeated to the edge of the world
MOST_ROWS = 1_048_576  # of a sheet; a file that repeats one row more often is no table
_DAMAGES = (
    BadZipFile,
    KeyError,
    ValueError,
    IndexError,
    OSError,
    EOFError,
    zlib.error,
    ElementTree.ParseError,
)


class NotAWorkbook(Exception):
    """The content is no workbook of its format."""


def sheet_names(file: BinaryIO, format: str) -> list[str]:
    """The names of the sheets that people see, in order."""
    return _NAMES[format](file)


def sheet_rows(file: BinaryIO, format: str, sheet: str) -> Iterator[list]:
    """The rows of one sheet, of the first one without a name. Raises NotAWorkbook, UnreadableTable."""
    for number, row in enumerate(_ROWS[format](file, sheet), start=1):
        if number > MOST_ROWS:
            raise UnreadableTable(_("The sheet has more rows than a table holds. Save the part you need."))
        yield row


@contextmanager
def _xlsx(file: BinaryIO):
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(file, read_only=True, data_only=True)
    except (InvalidFileException, TypeError, *_DAMAGES) as error:
        raise NotAWorkbook from error
    try:
        yield book
    except (TypeError, *_DAMAGES) as error:
        raise NotAWorkbook from error
    finally:
        book.close()


def _xlsx_names(file: BinaryIO) -> list[str]:
    with _xlsx(file) as book:
        sheets = book.worksheets
        return [sheet.title for sheet in sheets if sheet.sheet_state == "visible"] or [
            sheet.title for sheet in sheets
        ]


def _xlsx_rows(file: BinaryIO, sheet: str) -> Iterator[list]:
    with _xlsx(file) as book:
        chosen = book[sheet] if sheet else book.worksheets[0]
        chosen.reset_dimensions()  # some programs write a wrong size
        for row in chosen.iter_rows(values_only=True, max_col=WIDEST):
            yield _trimmed([*row])


def _ods_names(file: BinaryIO) -> list[str]:
    try:
        with ZipFile(file) as archive, archive.open("content.xml") as content:
            events = ElementTree.iterparse(content, events=("start", "end"))
            names = []
            for event, element in events:
                if event == "start" and element.tag == f"{_TABLE}table":
                    names.append(element.get(f"{_TABLE}name") or "")
                elif event == "end" and element.tag == f"{_TABLE}table-row":
                    element.clear()
            return names
    except _DAMAGES as error:
        raise NotAWorkbook from error


def _ods_rows(file: BinaryIO, sheet: str) -> Iterator[list]:
    """Cells and rows that the format writes once, with a number of repetitions, come out that often."""
    try:
        with ZipFile(file) as archive, archive.open("content.xml") as content:
            is_wanted = False
            for event, element in ElementTree.iterparse(content, events=("start", "end")):
                if event == "start" and element.tag == f"{_TABLE}table":
                    is_wanted = not sheet or element.get(f"{_TABLE}name") == sheet
                elif event == "end" and element.tag == f"{_TABLE}table" and is_wanted:
                    return
                elif event == "end" and element.tag == f"{_TABLE}table-row":
                    if is_wanted:
                        yield from _repeated(element)
                    element.clear()
    except _DAMAGES as error:
        raise NotAWorkbook from error


def _trimmed(cells: list) -> list:
    """A row without the empty cells behind its last one."""
    while cells and cells[-1] is None:
        cells.pop()
    return cells


def _repeated(row) -> Iterator[list]:
    cells = _cells(row)
    times = int(row.get(f"{_TABLE}number-rows-repeated", 1))
    for _time in range(times if cells else min(times, LONGEST_GAP)):
        yield list(cells)


def _cells(row) -> list:
    cells = []
    for cell in row:
        if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            continue
        repeated = min(int(cell.get(f"{_TABLE}number-columns-repeated", 1)), WIDEST)
        cells += [_value(cell)] * repeated
    while cells and cells[-1] == "":
        cells.pop()
    return cells


def _value(cell):
    kind = cell.get(f"{_OFFICE}value-type")
    if kind in ("float", "percentage", "currency"):
        return float(cell.get(f"{_OFFICE}value"))
    if kind == "date":
        return cell.get(f"{_OFFICE}date-value")
    return "\n".join(_paragraph(part) for part in cell.findall(f"{_TEXT}p"))


def _paragraph(element) -> str:
    """The text of a paragraph; runs of blanks and line breaks are elements of their own."""
    pieces = [element.text or ""]
    for child in element:
        if child.tag == f"{_TEXT}s":
            pieces.append(" " * int(child.get(f"{_TEXT}c", 1)))
        elif child.tag == f"{_TEXT}line-break":
            pieces.append("\n")
        elif child.tag == f"{_TEXT}tab":
            pieces.append("\t")
        else:
            pieces.append(_paragraph(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


_NAMES = {"xlsx": _xlsx_names, "ods": _ods_names}
_ROWS = {"xlsx": _xlsx_rows, "ods": _ods_rows}
