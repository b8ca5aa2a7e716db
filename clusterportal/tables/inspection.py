"""What the process that reads files does with one: a preview of it, its rows, its keys."""

from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from clusterportal.tables.delimited import delimiter_of, text_rows
from clusterportal.tables.encodings import check_encoding, encoding_of
from clusterportal.tables.formats import UnreadableTable, format_of
from clusterportal.tables.json_objects import objects_in
from clusterportal.tables.limits import HEADER_SEARCH_ROWS, check_length, check_width, size_of
from clusterportal.tables.skipped_lines import HiddenRow, filled
from clusterportal.tables.unreadable_cells import flag_unreadable
from clusterportal.tables.workbooks import sheet_names, sheet_rows

OBJECTS = ("json", "ndjson", "geojson")
PREVIEW_ROWS = HEADER_SEARCH_ROWS + 10  # those in which a header may stand, and some below it
MAX_PREVIEWED_SHEETS = 50
_MAX_PREVIEW_CHARACTERS = 2_000_000  # of all sheets together; further sheets are not previewed
_PREVIEW_CELL_CHARACTERS = 300
_BATCH_ROWS, _BATCH_CHARACTERS = 500, 1_000_000  # rows are handed on when either is reached


@dataclass(frozen=True)
class ReadOptions:
    """How a file is read. `header`: first and last row of it, counted from 1; (0, 0) for none, None for unknown."""

    format: str = ""
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    header: tuple[int, int] | None = None


@dataclass
class Preview:
    """The beginning of a file. `first`: by sheet, the first rows at their places, so blank ones as well."""

    options: ReadOptions
    sheets: list[str] = field(default_factory=list)
    first: dict[str, list[list]] = field(default_factory=dict)


def preview(path: Path, name: str, given: ReadOptions) -> Iterator[Preview]:
    """One Preview. Format, encoding and delimiter are detected where `given` leaves them open.

    Raises UnreadableTable.
    """
    options = replace(given, format=given.format or format_of(path, name=name))
    if options.format in ("xlsx", "ods"):
        yield _preview_of_workbook(path, options)
        return
    options = replace(options, encoding=options.encoding or encoding_of(path))
    if given.encoding:
        check_encoding(path, given.encoding)
    if options.format in OBJECTS:
        yield Preview(options)
        return
    options = replace(options, delimiter=options.delimiter or delimiter_of(path, options.encoding))
    yield Preview(options, first={"": _first_rows(path, options)})


def rows(path: Path, options: ReadOptions) -> Iterator[list[tuple[int, list | dict]]]:
    """Batches of (number, cells) of the rows that hold anything; of objects (number, entry). Raises UnreadableTable."""
    batch: list[tuple[int, list | dict]] = []
    characters = 0
    for number, content in _rows(path, options):
        batch.append((number, content))
        characters += sum(map(size_of, content.values() if isinstance(content, dict) else content))
        if len(batch) >= _BATCH_ROWS or characters > _BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    yield batch


def keys(path: Path, options: ReadOptions) -> Iterator[list[str]]:
    """The keys of all objects, in the order in which they come. Raises UnreadableTable."""
    found: dict[str, None] = {}
    for number, entry in objects_in(path, options.format, options.encoding):
        found |= dict.fromkeys(entry)
        check_width(len(found), number)
        check_length([*found], number)
    yield [*found]


OPERATIONS: dict[str, Callable[..., Iterator]] = {"preview": preview, "rows": rows, "keys": keys}


def _preview_of_workbook(path: Path, options: ReadOptions) -> Preview:
    names = sheet_names(path, options.format)
    if options.sheet and options.sheet not in names:
        text = _("The workbook has no sheet “%(sheet)s”. It has: %(sheets)s.")
        shown = ", ".join(names[:MAX_PREVIEWED_SHEETS])
        raise UnreadableTable(text, {"sheet": options.sheet, "sheets": shown})
    found, characters = Preview(options, names), 0
    for sheet in [options.sheet] if options.sheet else names[:MAX_PREVIEWED_SHEETS]:
        found.first[sheet] = _first_rows(path, replace(options, sheet=sheet))
        characters += sum(size_of(cell) for row in found.first[sheet] for cell in row)
        if characters > _MAX_PREVIEW_CHARACTERS:
            break
    return found


def _rows(path: Path, options: ReadOptions) -> Generator[tuple[int, list | dict]]:
    if options.format in OBJECTS:
        for number, entry in objects_in(path, options.format, options.encoding):
            entry = {key: flag_unreadable(value) for key, value in entry.items()}
            check_length([*entry, *entry.values()], number)
            yield number, entry
    elif options.format == "csv":
        for number, cells in enumerate(text_rows(path, options.encoding, options.delimiter), start=1):
            cells = [*map(flag_unreadable, cells)]
            check_length(cells, number)
            if any(cell.strip() for cell in cells):
                yield number, cells
    else:
        for number, cells in sheet_rows(path, options.format, options.sheet):
            if any(map(filled, cells)):
                yield number, cells


def _first_rows(path: Path, options: ReadOptions) -> list[list]:
    """The first rows at their places. A hidden row is blank, so that it is not taken for the header."""
    first: list[list] = []
    with closing(_rows(path, options)) as numbered:
        for number, cells in islice(numbered, PREVIEW_ROWS):
            if number > PREVIEW_ROWS:
                break
            first += [[] for _blank in range(number - 1 - len(first))]
            first.append([] if isinstance(cells, HiddenRow) else [*map(_shortened, cells)])
    return first


def _shortened(cell):
    is_long = type(cell) is str and len(cell) > _PREVIEW_CELL_CHARACTERS
    return f"{cell[:_PREVIEW_CELL_CHARACTERS]}…" if is_long else cell
