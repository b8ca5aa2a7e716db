"""The first sheet of a workbook, row by row: Excel (xlsx) and OpenDocument (ods)."""

from collections.abc import Iterator
from typing import BinaryIO
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
WIDEST, LONGEST_GAP = 1_000, 1_000  # a sheet ends in one cell, one row, repeated to the edge of the world


class NotAWorkbook(Exception):
    """The content is no workbook of its format."""


def xlsx_rows(file: BinaryIO) -> Iterator[list]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(file, read_only=True, data_only=True)
        sheet = book.worksheets[0]
    except (BadZipFile, InvalidFileException, KeyError, ValueError, IndexError, OSError) as error:
        raise NotAWorkbook from error
    sheet.reset_dimensions()  # some programs write a wrong size
    for row in sheet.iter_rows(values_only=True):
        yield list(row)
    book.close()


def ods_rows(file: BinaryIO) -> Iterator[list]:
    """Cells and rows that the format writes once, with a number of repetitions, come out that often."""
    try:
        with ZipFile(file) as archive, archive.open("content.xml") as content:
            for _event, element in ElementTree.iterparse(content, events=("end",)):
                if element.tag == f"{_TABLE}table":
                    return
                if element.tag == f"{_TABLE}table-row":
                    yield from _repeated(element)
                    element.clear()
    except (BadZipFile, KeyError, ElementTree.ParseError) as error:
        raise NotAWorkbook from error


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


SHEETS = {"xlsx": xlsx_rows, "ods": ods_rows}
