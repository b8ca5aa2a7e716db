"""Lists as files: CSV, workbook, JSON, NDJSON, GeoJSON, written piece by piece: memory does not grow."""

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from tempfile import TemporaryFile
from typing import BinaryIO

from django.utils.translation import gettext as _

LONGEST_CELL = 32_767  # characters; what a workbook's cell can hold
_BLOCK = 64 * 1024  # characters or bytes
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # signs that XML cannot hold
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # how a workbook writes signs, so the text itself is escaped
_BOM = "\ufeff"


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


def escaped(value):
    """Text that a spreadsheet would run as a formula, made harmless by an apostrophe (OWASP, CSV injection).

    For CSV alone: a workbook's cells have a type, and text is never run.
    """
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def unescaped(value):
    """Takes away what `escaped` added, and nothing else."""
    return value[1:] if isinstance(value, str) and value[:1] == "'" and _FORMULA.match(value) else value


def pieces(format: str, table: Table, *, with_bom: bool = False) -> Iterator[bytes]:
    """The file in blocks. `with_bom`: CSV begins with the mark by which Excel knows UTF-8.

    Raises CannotWrite at once, not in the middle of an answer, where a workbook cannot hold a cell.
    """
    blocks = _blocks(format, table, with_bom)
    return chain([next(blocks, b"")], blocks)


def _blocks(format: str, table: Table, with_bom: bool) -> Iterator[bytes]:
    block, length = [_BOM] if with_bom and format == "csv" else [], 0
    for piece in FORMATS[format].write(table):
        if isinstance(piece, bytes):
            yield piece
            continue
        block.append(piece)
        length += len(piece)
        if length >= _BLOCK:
            yield "".join(block).encode()
            block, length = [], 0
    if block:
        yield "".join(block).encode()


class _Line:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def csv_lines(rows: Iterable[list]) -> Iterator[str]:
    """The lines of a CSV; what a spreadsheet would run is made harmless."""
    writer = csv.writer(_Line())
    for row in rows:
        yield writer.writerow([escaped(cell) for cell in row])


def _csv(table: Table) -> Iterator[str]:
    return csv_lines(chain([table.columns], table.rows()))


def _json(table: Table) -> Iterator[str]:
    return _list("[\n", map(_dumped, table.records()), "\n]\n")


def _ndjson(table: Table) -> Iterator[str]:
    return (f"{_dumped(record)}\n" for record in table.records())


def _geojson(table: Table) -> Iterator[str]:
    features = (_dumped(_feature(record)) for record in table.records())
    return _list('{"type": "FeatureCollection", "features": [\n', features, "\n]}\n")


def _list(before: str, texts: Iterable[str], after: str) -> Iterator[str]:
    yield before
    for number, text in enumerate(texts):
        yield f",\n{text}" if number else text
    yield after


def _feature(record: dict) -> dict:
    place = [record["longitude"], record["latitude"]]
    geometry = None if None in place else {"type": "Point", "coordinates": place}
    return {"type": "Feature", "id": record["uid"], "geometry": geometry, "properties": record}


def _dumped(value) -> str:
    return json.dumps(value, ensure_ascii=False)


def _xlsx(table: Table) -> Iterator[bytes]:
    """A workbook is compressed as a whole, so it is made in a file of its own and handed out from there."""
    with workbook(table.name, table.columns, table.rows()) as file:
        while block := file.read(_BLOCK):
            yield block


def workbook(name: str, columns: list[str], rows: Iterable[list]) -> BinaryIO:
    """A workbook with one sheet, as a file that is open at its beginning. Memory does not grow with the rows.

    Text is text, whatever it begins with; signs that no workbook can hold are left out.
    Raises CannotWrite where a text is too long for a cell.
    """
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
    file = TemporaryFile()  # noqa: SIM115 - who asked for it closes it
    book.save(file)
    file.seek(0)
    return file


def _cell(sheet, value, column: str):
    """A cell of the workbook; a longer text would be cut off without a word."""
    from openpyxl.cell import WriteOnlyCell

    if not isinstance(value, str):
        return value
    text = _ESCAPE.sub("_x005F_", _ILLEGAL.sub("", value))
    if len(text) > LONGEST_CELL:
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
