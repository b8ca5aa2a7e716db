"""What is done with a file in the process that reads tables: a look at it, its rows, its keys."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from clusterportal.tables.delimited import delimiter_of, text_rows
from clusterportal.tables.encodings import check_encoding, encoding_of
from clusterportal.tables.formats import UnreadableTable, format_of
from clusterportal.tables.json_objects import objects_in
from clusterportal.tables.limits import LOOKED_AT, check_length, check_width, size_of
from clusterportal.tables.skipped_lines import filled
from clusterportal.tables.unreadable_cells import HiddenRow, marked
from clusterportal.tables.workbooks import sheet_names, sheet_rows

OBJECTS = ("json", "ndjson", "geojson")
SHOWN = LOOKED_AT + 10  # rows of a look: those of a header, and some below it
MOST_SHEETS = 50  # that are looked into
_MOST_SEEN = 2_000_000  # characters of the sheets after which no other is looked into
_SEEN = 300  # characters of a cell that a look shows
_BATCH, _HEAVY = 500, 1_000_000  # rows, or characters, that are handed on at once


@dataclass(frozen=True)
class ReadOptions:
    """How a file is read. `header`: first and last row of it, counted from 1; (0, 0) for none, None for unknown."""

    format: str = ""
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    header: tuple[int, int] | None = None


@dataclass
class Look:
    """What a first look at a file shows. `first`: by sheet, the first rows as they stand, blank ones as well."""

    reading: ReadOptions
    sheets: list[str] = field(default_factory=list)
    first: dict[str, list[list]] = field(default_factory=dict)


def look(path: Path, name: str, given: ReadOptions) -> Iterator[Look]:
    """One look; what `given` leaves open about format, encoding and delimiter is found out. Raises UnreadableTable."""
    reading = replace(given, format=given.format or format_of(path, name=name))
    if reading.format in ("xlsx", "ods"):
        names = sheet_names(path, reading.format)
        if reading.sheet and reading.sheet not in names:
            text = _("The workbook has no sheet “%(sheet)s”. It has: %(sheets)s.")
            raise UnreadableTable(text, {"sheet": reading.sheet, "sheets": ", ".join(names[:MOST_SHEETS])})
        looked_at = [reading.sheet] if reading.sheet else names[:MOST_SHEETS]
        found = Look(reading, names)
        for sheet in looked_at:
            found.first[sheet] = _first(path, replace(reading, sheet=sheet))
            if (
                sum(size_of(cell) for first in found.first.values() for row in first for cell in row)
                > _MOST_SEEN
            ):
                break
    else:
        reading = replace(reading, encoding=reading.encoding or encoding_of(path))
        if given.encoding:
            check_encoding(path, given.encoding)
        if reading.format not in OBJECTS:
            delimiter = reading.delimiter or delimiter_of(path, reading.encoding)
            reading = replace(reading, delimiter=delimiter)
        found = Look(reading)
        if reading.format not in OBJECTS:
            found.first = {"": _first(path, reading)}
    yield found


def rows(path: Path, reading: ReadOptions) -> Iterator[list[tuple[int, list | dict]]]:
    """Batches of (number, cells) of the rows that hold anything; of objects (number, entry). Raises UnreadableTable."""
    batch, weight = [], 0
    for number, content in _rows(path, reading):
        batch.append((number, content))
        weight += sum(map(size_of, content.values() if isinstance(content, dict) else content))
        if len(batch) >= _BATCH or weight > _HEAVY:
            yield batch
            batch, weight = [], 0
    yield batch


def keys(path: Path, reading: ReadOptions) -> Iterator[list[str]]:
    """The keys of all objects, in the order in which they come. Raises UnreadableTable."""
    found: dict[str, None] = {}
    for number, entry in objects_in(path, reading.format, reading.encoding):
        found |= dict.fromkeys(entry)
        check_width(len(found), number)
        check_length([*found], number)
    yield [*found]


def _rows(path: Path, reading: ReadOptions) -> Iterator[tuple[int, list | dict]]:
    if reading.format in OBJECTS:
        for number, entry in objects_in(path, reading.format, reading.encoding):
            entry = {key: marked(value) for key, value in entry.items()}
            check_length([*entry, *entry.values()], number)
            yield number, entry
    elif reading.format == "csv":
        for number, cells in enumerate(text_rows(path, reading.encoding, reading.delimiter), start=1):
            cells = [*map(marked, cells)]
            check_length(cells, number)
            if any(cell.strip() for cell in cells):
                yield number, cells
    else:
        for number, cells in sheet_rows(path, reading.format, reading.sheet):
            if any(map(filled, cells)):
                yield number, cells


def _first(path: Path, reading: ReadOptions) -> list[list]:
    """The first rows by their place; what people do not see is blank, so that no heading is looked for there."""
    first: list[list] = []
    with closing(_rows(path, reading)) as numbered:
        for number, cells in islice(numbered, SHOWN):
            if number > SHOWN:
                break
            first += [[] for _blank in range(number - 1 - len(first))]
            first.append([] if isinstance(cells, HiddenRow) else [*map(_shortened, cells)])
    return first


def _shortened(cell):
    return f"{cell[:_SEEN]}…" if type(cell) is str and len(cell) > _SEEN else cell


OPERATIONS = {"look": look, "rows": rows, "keys": keys}
