"""Tables as people have them: CSV in any usual encoding and delimiter, workbooks, JSON; row by row.

A file is opened by a process of its own (`sandbox`); here is what its first rows and columns mean.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from clusterportal.tables import headers, sandbox
from clusterportal.tables.formats import UnreadableTable
from clusterportal.tables.headers import NameOf, Title
from clusterportal.tables.inspection import OBJECTS, Look, ReadOptions
from clusterportal.tables.limits import LOOKED_AT
from clusterportal.tables.skipped_lines import filled
from clusterportal.tables.unreadable_cells import Unreadable, unprotected
from clusterportal.tables.writer import unescaped

NO_HEADER = (0, 0)
ColumnsOf = Callable[[list[Title], NameOf], list[str | None]]


@dataclass(frozen=True)
class Examined:
    """A file after a first look: how it is read, the sheets that people see, first rows (also blank ones), titles."""

    reading: ReadOptions
    sheets: list[str]
    first: list[list]
    titles: list[Title]


@dataclass
class SourceTable:
    """A file about to be read. `rows` yields (row number as in the spreadsheet, {column: value})."""

    format: str
    columns: list[str]
    rows: Iterable[tuple[int, headers.Row]]
    ignored: list[str] = field(default_factory=list)  # headers that no column answers to
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    other_sheets: list[str] = field(default_factory=list)  # that people see, and that are not read


def examine(path: Path, *, name_of: NameOf, given: ReadOptions | None = None, name: str = "") -> Examined:
    """A first look at the table in `path`, which its people call `name`.

    What `given` leaves open is found out. Raises UnreadableTable.
    """
    look = sandbox.look(path, name=name, given=given)
    reading = look.reading
    if reading.format in OBJECTS:
        return Examined(reading, [], [], [Title(key) for key in sandbox.keys(path, reading)])
    if look.sheets and not reading.sheet:
        reading = replace(reading, sheet=_likeliest_sheet(look, name_of))
    first = look.first[reading.sheet]
    if not any(any(map(filled, row)) for row in first):
        raise UnreadableTable(_("The file is empty."))
    if reading.header is None:
        reading = replace(reading, header=headers.find_header(first[:LOOKED_AT], name_of))
    return Examined(reading, look.sheets, first, _titles(first, reading.header))


def detect(path: Path, *, name_of: NameOf, given: ReadOptions | None = None) -> ReadOptions:
    """How the table in `path` is read: what `given` leaves open is found out. Raises UnreadableTable."""
    return examine(path, name_of=name_of, given=given).reading


def headings(path: Path, reading: ReadOptions) -> list[Title]:
    """The titles of the columns; an empty one is a column without a title. Raises UnreadableTable."""
    return examine(path, name_of=lambda title: None, given=reading).titles


def read_table(
    path: Path,
    *,
    name_of: NameOf,
    format: str | None = None,
    reading: ReadOptions | None = None,
    columns_of: ColumnsOf = headers.meant,
    is_brief: bool = False,
    found: Examined | None = None,
) -> SourceTable:
    """The table in `path`. `name_of` says which column a header means, None for none.

    `columns_of` decides for all headers together, where one alone does not tell.
    `is_brief`: for somebody who waits for a page. `found`: what a look has shown already. Raises UnreadableTable.
    """
    found = found or examine(path, name_of=name_of, given=reading or ReadOptions(format or ""))
    reading, titles = found.reading, found.titles
    columns = columns_of(titles, name_of)
    if reading.format not in OBJECTS and (repeated := headers.first_repeated(titles, columns)):
        text = _(
            "Two columns mean the same: “%(first)s” and “%(second)s”. Keep one of them, or rename the other."
        )
        raise UnreadableTable(text, {"first": repeated[0], "second": repeated[1]})
    rows = _Again(lambda: _table_rows(path, reading, titles, columns, is_brief=is_brief))
    ignored = [title for title, name in zip(titles, columns, strict=True) if title and not name]
    ignored += _untitled(found)
    names = [*dict.fromkeys(filter(None, columns))]
    others = [sheet for sheet in found.sheets if sheet != reading.sheet]
    return SourceTable(
        reading.format, names, rows, ignored, reading.encoding, reading.delimiter, reading.sheet, others
    )


@dataclass
class _Again:
    """Rows that can be walked again."""

    make: Callable[[], Iterator]

    def __iter__(self):
        return self.make()


def _titles(first: list[list], header: tuple[int, int]) -> list[Title]:
    top, bottom = header
    if not bottom:
        return headers.lettered(max(map(len, first)))
    return headers.titles(first[top - 1 : bottom])


def _untitled(found: Examined) -> list[str]:
    """Columns without a title in which something stands, by their letters."""
    if not found.reading.header or not found.reading.header[1]:
        return []
    under = found.first[found.reading.header[1] :]
    return [
        str(headers.lettered(column + 1)[column])
        for column, title in enumerate(found.titles)
        if not title and any(column < len(row) and filled(row[column]) for row in under)
    ]


def _table_rows(
    path: Path, reading: ReadOptions, titles: list[Title], columns: list[str | None], *, is_brief: bool
) -> Iterator[tuple[int, headers.Row]]:
    with closing(sandbox.rows(path, reading, is_brief=is_brief)) as found:
        if reading.format in OBJECTS:
            named = {title: name for title, name in zip(titles, columns, strict=True) if name}
            for number, entry in found:
                yield number, {named[key]: value for key, value in entry.items() if key in named}
            return
        rows = headers.rows_under(found, reading.header, columns, titles, is_ragged=reading.format == "csv")
        for number, row in rows:
            is_text = reading.format == "csv"
            yield number, {name: _as_meant(cell, is_text) for name, cell in row.items()}


def _as_meant(cell, is_text: bool):
    """A cell without what protected it from being taken for a formula, in a CSV alone, or for a number."""
    if not isinstance(cell, str) or isinstance(cell, Unreadable) or cell[:1] not in ("'", "="):
        return cell
    plain = unescaped(cell) if is_text else cell
    return plain if plain != cell else unprotected(cell)


def _likeliest_sheet(look: Look, name_of: NameOf) -> str:
    """The sheet with the most known headings; where none has any, the first that looks like a table."""

    def likeness(sheet: str) -> tuple[int, bool]:
        first = look.first[sheet][:LOOKED_AT]
        known = max(
            (len({name_of(c) for c in row if headers.may_be_title(c)} - {None}) for row in first), default=0
        )
        return known, sum(sum(map(filled, row)) > 1 for row in first) > 2

    names = [*look.first]
    return max(names, key=lambda name: (*likeness(name), -names.index(name)))
