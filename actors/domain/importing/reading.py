"""Tables as people have them: CSV in any usual encoding and delimiter, workbooks, JSON; row by row."""

import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext as _

from actors.domain.importing import headers
from actors.domain.importing.delimited import delimiter_of, encoding_of, text_rows
from actors.domain.importing.formats import FORMATS, UnreadableTable, format_of, open_bytes
from actors.domain.importing.headers import BEYOND, FOOTNOTE, LOOKED_AT, filled
from actors.domain.importing.objects import objects_in
from actors.domain.importing.sheets import NotAWorkbook, sheet_names, sheet_rows
from clusterportal.core.tables import unescaped

__all__ = ["BEYOND", "FOOTNOTE", "FORMATS", "Reading", "Table", "UnreadableTable", "detect", "read_table"]
OBJECTS = ("json", "ndjson", "geojson")
NO_HEADER = (0, 0)
NameOf = Callable[[str], str | None]


@dataclass(frozen=True)
class Reading:
    """How a file is read. `header`: first and last row of it, counted from 1; NO_HEADER, None for unknown."""

    format: str
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    header: tuple[int, int] | None = None


@dataclass
class Table:
    """A file about to be read. `rows` yields (row number as in the spreadsheet, {column: value})."""

    format: str
    columns: list[str]
    rows: Iterable[tuple[int, headers.Row]]
    ignored: list[str] = field(default_factory=list)  # headers that no column answers to
    encoding: str = ""
    delimiter: str = ""


def detect(
    path: Path, *, name_of: NameOf, format: str | None = None, given: Reading | None = None
) -> Reading:
    """How the table in `path` is read: what `given` leaves open is found out. Raises UnreadableTable."""
    reading = given or Reading(format or format_of(path))
    with _said_in_words(path):
        if reading.format in OBJECTS:
            return replace(reading, encoding=reading.encoding or encoding_of(path))
        if reading.format == "csv":
            encoding = reading.encoding or encoding_of(path)
            reading = replace(
                reading, encoding=encoding, delimiter=reading.delimiter or delimiter_of(path, encoding)
            )
        elif not reading.sheet:
            reading = replace(reading, sheet=_likeliest_sheet(path, reading.format, name_of))
        if reading.header is None:
            reading = replace(reading, header=headers.find_header(first_rows(path, reading), name_of))
        return reading


def sheets_of(path: Path, format: str) -> list[str]:
    """The sheets of a workbook; none of any other format."""
    if format not in ("xlsx", "ods"):
        return []
    with _said_in_words(path), io.BytesIO(_content(path)) as file:
        return sheet_names(file, format)


def first_rows(path: Path, reading: Reading, count: int = LOOKED_AT) -> list[list]:
    """The first rows as they stand in the file, titles and all. Raises UnreadableTable where nothing stands."""
    with _said_in_words(path), closing(_rows(path, reading)) as rows:
        found = list(islice(rows, count))
    if not any(any(map(filled, row)) for row in found):
        raise UnreadableTable(_("The file is empty."))
    return found


def headings(path: Path, reading: Reading) -> list[str]:
    """The titles of the columns; an empty one is a column without a title."""
    if reading.format in OBJECTS:
        with _said_in_words(path):
            keys = dict.fromkeys(
                key for _number, entry in objects_in(path, reading.format, reading.encoding) for key in entry
            )
        return [*keys]
    first, last = reading.header
    rows = first_rows(path, reading, max(last, LOOKED_AT))
    if not last:
        return headers.lettered(max(map(len, rows)))
    return headers.titles(rows[first - 1 : last])


def read_table(
    path: Path, *, name_of: NameOf, format: str | None = None, reading: Reading | None = None
) -> Table:
    """The table in `path`. `name_of` says which column a header means, None for none.

    Raises UnreadableTable.
    """
    reading = detect(path, name_of=name_of, format=format, given=reading)
    titles = headings(path, reading)
    columns = [name_of(title) if title else None for title in titles]
    repeated = [name for name, times in Counter(filter(None, columns)).items() if times > 1]
    if repeated and reading.format not in OBJECTS:
        raise UnreadableTable(
            _("Two columns mean the same: “%(name)s”. Keep one of them.") % {"name": repeated[0]}
        )
    rows = _Again(lambda: _table_rows(path, reading, titles, columns))
    ignored = [title for title, name in zip(titles, columns, strict=True) if title and not name]
    names = [*dict.fromkeys(filter(None, columns))]
    return Table(reading.format, names, rows, ignored, reading.encoding, reading.delimiter)


@dataclass
class _Again:
    """Rows that can be walked again."""

    make: Callable[[], Iterator]

    def __iter__(self):
        return self.make()


def _table_rows(path: Path, reading: Reading, titles: list[str], columns: list[str | None]) -> Iterator:
    if reading.format in OBJECTS:
        named = {title: name for title, name in zip(titles, columns, strict=True) if name}
        for number, entry in objects_in(path, reading.format, reading.encoding):
            yield number, {named[key]: value for key, value in entry.items() if key in named}
        return
    rows = headers.rows_under(
        _rows(path, reading), reading.header, columns, is_ragged=reading.format == "csv"
    )
    for number, row in rows:
        # A workbook's text is text: only a CSV has what `escaped` added.
        yield (
            number,
            {name: unescaped(cell) for name, cell in row.items()} if reading.format == "csv" else row,
        )


def _rows(path: Path, reading: Reading) -> Iterator[list]:
    if reading.format == "csv":
        yield from text_rows(path, reading.encoding, reading.delimiter)
        return
    try:
        yield from sheet_rows(io.BytesIO(_content(path)), reading.format, reading.sheet)
    except NotAWorkbook as error:
        raise _no_workbook(path, reading.format) from error


def _likeliest_sheet(path: Path, format: str, name_of: NameOf) -> str:
    """The sheet with the most known headings; where none has any, the first that looks like a table."""
    names = sheets_of(path, format)
    if len(names) < 2:
        return names[0] if names else ""

    def likeness(sheet: str) -> tuple[int, bool]:
        with closing(_rows(path, Reading(format, sheet=sheet))) as rows:
            first = list(islice(rows, LOOKED_AT))
        known = max((len({name_of(str(c)) for c in row if filled(c)} - {None}) for row in first), default=0)
        return known, sum(sum(map(filled, row)) > 1 for row in first) > 2

    likenesses = [likeness(name) for name in names]
    return names[max(range(len(names)), key=lambda number: (*likenesses[number], -number))]


def _content(path: Path) -> bytes:
    with open_bytes(path) as file:
        return file.read()


def _no_workbook(path: Path, format: str) -> UnreadableTable:
    names = {"file": path.name, "format": format}
    return UnreadableTable(_("“%(file)s” is no %(format)s workbook. Save it again as .%(format)s.") % names)


class _said_in_words:
    """Turns what a broken file raises into an UnreadableTable."""

    def __init__(self, path: Path):
        self.path = path

    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        if isinstance(error, NotAWorkbook):
            raise _no_workbook(self.path, self.path.suffix.lstrip(".")) from error
        if isinstance(error, (OSError, EOFError, LookupError, UnicodeError)):
            text = _("“%(file)s” cannot be read: %(why)s") % {"file": self.path.name, "why": error}
            raise UnreadableTable(text) from error
