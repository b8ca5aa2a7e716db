"""Lists as files: CSV, workbook, JSON, NDJSON, GeoJSON, written piece by piece, so that memory does not grow."""

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from tempfile import TemporaryFile
from typing import IO

from django.utils.translation import gettext as _

from clusterportal.tables.formula_guards import escape_formula

XLSX_MAX_CELL_CHARACTERS = 32_767
_BLOCK_SIZE = 64 * 1024  # characters or bytes
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # signs that XML cannot hold
_ESCAPE = re.compile(
    "_(?=x[0-9A-Fa-f]{4}_)"
)  # a workbook would read _x0041_ as a sign; its underscore is escaped
_BYTE_ORDER_MARK = "\ufeff"


class CannotWrite(ValueError):
    """The list does not fit into this format; the message says what to do instead."""


@dataclass(frozen=True)
class Table:
    """A list about to be written: as `rows` of cells under `columns`, or as `records`, a dictionary each."""

    name: str
    columns: list[str]
    rows: Callable[[], Iterable[list]]
    records: Callable[[], Iterable[dict]]


@dataclass(frozen=True)
class Format:
    media_type: str
    write: Callable[[Table], Iterator[str | bytes]]


def pieces(format: str, table: Table, *, with_bom: bool = False) -> Iterator[bytes]:
    """The file in blocks. `with_bom`: CSV begins with the byte order mark by which Excel recognises UTF-8.

    Raises CannotWrite at once, not in the middle of an answer, where a workbook cannot hold a cell.
    """
    written = FORMATS[format].write(table)
    blocks = in_blocks(chain([_BYTE_ORDER_MARK], written) if with_bom and format == "csv" else written)
    return chain([next(blocks, b"")], blocks)


def in_blocks(texts: Iterable[str | bytes]) -> Iterator[bytes]:
    """Few large pieces instead of many small ones; bytes are handed on as they are."""
    block: list[str] = []
    length = 0
    for text in texts:
        if isinstance(text, bytes):
            yield text
            continue
        block.append(text)
        length += len(text)
        if length >= _BLOCK_SIZE:
            yield "".join(block).encode()
            block, length = [], 0
    if block:
        yield "".join(block).encode()


class _Line:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def csv_lines(rows: Iterable[Iterable]) -> Iterator[str]:
    """The lines of a CSV; what a spreadsheet would run as a formula is made harmless."""
    writer = csv.writer(_Line())
    for row in rows:
        yield writer.writerow([escape_formula(cell) for cell in row])


def feature_collection(features: Iterable[str]) -> Iterator[str]:
    """A GeoJSON file of features that are JSON already."""
    return _list('{"type": "FeatureCollection", "features": [', features, "\n]}\n")


def _csv(table: Table) -> Iterator[str]:
    return csv_lines(chain([table.columns], table.rows()))


def _json(table: Table) -> Iterator[str]:
    return _list("[", map(_dumped, table.records()), "\n]\n")


def _ndjson(table: Table) -> Iterator[str]:
    return (f"{_dumped(record)}\n" for record in table.records())


def _geojson(table: Table) -> Iterator[str]:
    return feature_collection(_dumped(_feature(record)) for record in table.records())


def _list(before: str, texts: Iterable[str], after: str) -> Iterator[str]:
    yield before
    for number, text in enumerate(texts):
        yield f",\n{text}" if number else f"\n{text}"
    yield after


def _feature(record: dict) -> dict:
    place = [record["longitude"], record["latitude"]]
    geometry = None if None in place else {"type": "Point", "coordinates": place}
    return {"type": "Feature", "id": record["uid"], "geometry": geometry, "properties": record}


def _dumped(value) -> str:
    return json.dumps(value, ensure_ascii=False)


def _xlsx(table: Table) -> Iterator[bytes]:
    """A workbook is compressed as a whole, so it is written to a temporary file and read from there."""
    with workbook(table.name, table.columns, table.rows()) as file:
        while block := file.read(_BLOCK_SIZE):
            yield block


def workbook(name: str, columns: list[str], rows: Iterable[list]) -> IO[bytes]:
    """A workbook with one sheet, as a file that is open at its beginning. Memory does not grow with the rows.

    Text is text, whatever it begins with; signs that no workbook can hold are left out.
    Raises CannotWrite where a text is too long for a cell.
    """
    # openpyxl takes a third of a second to load, and only workbooks need it.
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\\/*?:\[\]]", " ", name)[:31])
    sheet.freeze_panes = "A2"
    titles = [_cell(sheet, column, column) for column in columns]
    for title in titles:
        title.font = Font(bold=True)
    sheet.append(titles)
    try:
        for row in rows:
            sheet.append([_cell(sheet, cell, column) for cell, column in zip(row, columns, strict=True)])
    finally:
        sheet.close()
    file = TemporaryFile()  # noqa: SIM115 - the caller closes it
    book.save(file)
    file.seek(0)
    return file


def _cell(sheet, value, column: str):
    """A cell of the workbook. Raises CannotWrite for a text that a spreadsheet would cut off silently."""
    from openpyxl.cell import WriteOnlyCell  # late, as in `workbook`

    if not isinstance(value, str):
        return value
    text = _ESCAPE.sub("_x005F_", _ILLEGAL.sub("", value))
    if len(text) > XLSX_MAX_CELL_CHARACTERS:
        reason = _("“%(column)s” holds a text too long for a workbook. Export csv or json instead.")
        raise CannotWrite(reason % {"column": column})
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"  # not a formula, not an error
    return cell


FORMATS: dict[str, Format] = {
    "csv": Format("text/csv; charset=utf-8", _csv),
    "xlsx": Format("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx),
    "json": Format("application/json", _json),
    "ndjson": Format("application/x-ndjson", _ndjson),
    "geojson": Format("application/geo+json", _geojson),
}
PLAIN_FORMATS = ("csv", "xlsx", "json", "ndjson")  # of lists without places
