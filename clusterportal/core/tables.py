"""Lists as files: CSV, workbook, JSON, NDJSON, GeoJSON, written piece by piece: memory does not grow."""

import csv
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from tempfile import TemporaryFile

from django.utils.translation import gettext as _

LONGEST_CELL = 32_767  # characters; what a workbook's cell can hold
_BLOCK = 64 * 1024  # characters or bytes
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_BOM = "\ufeff"


class CannotWrite(ValueError):
    """The list does not fit into this format; the message says what to do instead."""


@dataclass(frozen=True)
class Table:
    """A list about to be written: as `rows` of `escaped` cells under `columns`, or as `records`, a dictionary each."""

    name: str
    columns: list[str]
    rows: Callable[[], Iterable[list]]
    records: Callable[[], Iterable[dict]]


@dataclass(frozen=True)
class Format:
    media_type: str
    write: Callable[[Table], Iterator[str | bytes]]


def escaped(value):
    """Text that a spreadsheet would run as a formula, made harmless by an apostrophe (OWASP, CSV injection)."""
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


def _csv(table: Table) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield writer.writerow(table.columns)
    for row in table.rows():
        yield writer.writerow(row)


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
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    sheet = book.create_sheet(table.name[:31])
    sheet.freeze_panes = "A2"
    titles = [WriteOnlyCell(sheet, value=column) for column in table.columns]
    for title in titles:
        title.font = Font(bold=True)
    sheet.append(titles)
    try:
        for row in table.rows():
            sheet.append([_fitting(cell, column) for cell, column in zip(row, table.columns, strict=True)])
    finally:
        sheet.close()
    with TemporaryFile() as file:
        book.save(file)
        file.seek(0)
        while block := file.read(_BLOCK):
            yield block


def _fitting(cell, column: str):
    """A workbook would cut a longer text off without a word."""
    if isinstance(cell, str) and len(cell) > LONGEST_CELL:
        text = _("“%(column)s” holds a text too long for a workbook. Export csv or json instead.")
        raise CannotWrite(text % {"column": column})
    return cell


FORMATS: dict[str, Format] = {
    "csv": Format("text/csv; charset=utf-8", _csv),
    "xlsx": Format("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx),
    "json": Format("application/json", _json),
    "ndjson": Format("application/x-ndjson", _ndjson),
    "geojson": Format("application/geo+json", _geojson),
}
PLAIN_FORMATS = ("csv", "xlsx", "json", "ndjson")  # of lists without places
