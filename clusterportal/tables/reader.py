"""Tables as people have them: CSV in any usual encoding and delimiter, workbooks, JSON; row by row.

A file is opened in a process of its own (`sandbox`); this module finds out what its first rows and columns mean.
"""

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from clusterportal.tables import sandbox
from clusterportal.tables.body_rows import TableRow, rows_under
from clusterportal.tables.formats import UnreadableTable
from clusterportal.tables.formula_guards import unescape_formula, without_number_guard
from clusterportal.tables.headers import find_header
from clusterportal.tables.inspection import OBJECTS, Preview, ReadOptions
from clusterportal.tables.limits import HEADER_SEARCH_ROWS
from clusterportal.tables.skipped_lines import filled
from clusterportal.tables.titles import (
    NameOf,
    Title,
    columns_of_titles,
    first_duplicate,
    lettered_titles,
    may_be_title,
    titles_of,
)
from clusterportal.tables.unreadable_cells import UnreadableCell

NO_HEADER = (0, 0)
ColumnsOf = Callable[[Sequence[str], NameOf], list[str | None]]


@dataclass(frozen=True)
class Examined:
    """A file after a first look. `first`: its first rows, blank ones as well; `sheets`: those that people see."""

    options: ReadOptions
    sheets: list[str]
    first: list[list]
    titles: list[Title]


@dataclass
class Rows:
    """Rows that can be iterated again: every iterator reads the file anew."""

    read: Callable[[], Generator[tuple[int, TableRow]]]

    def __iter__(self) -> Generator[tuple[int, TableRow]]:
        return self.read()


@dataclass
class SourceTable:
    """A file about to be read. `rows`: (row number as in the spreadsheet, {column: value})."""

    format: str
    columns: list[str]
    rows: Rows
    ignored: list[str] = field(default_factory=list)  # titles that mean no column
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    other_sheets: list[str] = field(default_factory=list)  # that people see, and that are not read


def examine(path: Path, *, name_of: NameOf, given: ReadOptions | None = None, name: str = "") -> Examined:
    """Sheets, header and titles of the table in `path`; `name`: what people call the file.

    What `given` leaves open is detected. Raises UnreadableTable.
    """
    preview = sandbox.preview(path, name=name, given=given)
    options = preview.options
    if options.format in OBJECTS:
        return Examined(options, [], [], [Title(key) for key in sandbox.keys(path, options)])
    if preview.sheets and not options.sheet:
        options = replace(options, sheet=_likeliest_sheet(preview, name_of))
    first = preview.first[options.sheet]
    if not any(any(map(filled, row)) for row in first):
        raise UnreadableTable(_("The file is empty."))
    header = options.header
    if header is None:
        header = find_header(first[:HEADER_SEARCH_ROWS], name_of)
    return Examined(replace(options, header=header), preview.sheets, first, _titles(first, header))


def read_table(
    path: Path,
    *,
    name_of: NameOf,
    format: str | None = None,
    options: ReadOptions | None = None,
    columns_of: ColumnsOf = columns_of_titles,
    is_brief: bool = False,
    found: Examined | None = None,
) -> SourceTable:
    """The table in `path`. `name_of` says which column a title means, None for none.

    `columns_of` decides for all titles together, where one alone does not tell. `is_brief`: somebody waits for a page.
    `found`: the result of an earlier `examine`. Raises UnreadableTable.
    """
    found = found or examine(path, name_of=name_of, given=options or ReadOptions(format or ""))
    options, titles = found.options, found.titles
    columns = columns_of(titles, name_of)
    if options.format not in OBJECTS and (duplicate := first_duplicate(titles, columns)):
        text = _(
            "Two columns mean the same: “%(first)s” and “%(second)s”. Keep one of them, or rename the other."
        )
        raise UnreadableTable(text, {"first": duplicate[0], "second": duplicate[1]})
    ignored = [str(title) for title, name in zip(titles, columns, strict=True) if title and not name]
    return SourceTable(
        format=options.format,
        columns=[*dict.fromkeys(filter(None, columns))],
        rows=Rows(lambda: _table_rows(path, found, columns, is_brief=is_brief)),
        ignored=[*ignored, *_untitled(found)],
        encoding=options.encoding,
        delimiter=options.delimiter,
        sheet=options.sheet,
        other_sheets=[sheet for sheet in found.sheets if sheet != options.sheet],
    )


def _titles(first: list[list], header: tuple[int, int]) -> list[Title]:
    top, bottom = header
    if not bottom:
        return lettered_titles(max(map(len, first)))
    return titles_of(first[top - 1 : bottom])


def _untitled(found: Examined) -> list[str]:
    """The columns that have cells and no title, by their letters."""
    header = found.options.header or NO_HEADER
    if header == NO_HEADER:
        return []
    letters = lettered_titles(len(found.titles))
    return [
        str(letters[column])
        for column, title in enumerate(found.titles)
        if not title and any(column < len(row) and filled(row[column]) for row in found.first[header[1] :])
    ]


def _table_rows(
    path: Path, found: Examined, columns: list[str | None], *, is_brief: bool
) -> Generator[tuple[int, TableRow]]:
    options = found.options
    with closing(sandbox.rows(path, options, is_brief=is_brief)) as rows:
        if options.format in OBJECTS:
            names = {title: name for title, name in zip(found.titles, columns, strict=True) if name}
            for number, entry in rows:
                yield number, {names[key]: value for key, value in entry.items() if key in names}
            return
        is_csv = options.format == "csv"
        header = options.header or NO_HEADER
        for number, row in rows_under(rows, header, columns, found.titles, is_ragged=is_csv):
            yield number, {name: _without_guards(cell, is_csv=is_csv) for name, cell in row.items()}


def _without_guards(cell, *, is_csv: bool):
    """The cell without marks that kept a spreadsheet from running it (only CSV has these) or from counting."""
    if not isinstance(cell, str) or cell[:1] not in ("'", "=") or isinstance(cell, UnreadableCell):
        return cell
    plain = unescape_formula(cell) if is_csv else cell
    return plain if plain != cell else without_number_guard(cell)


def _likeliest_sheet(preview: Preview, name_of: NameOf) -> str:
    """The sheet with the most known titles; where none has any, the first that looks like a table."""

    def likelihood(sheet: str) -> tuple[int, bool]:
        first = preview.first[sheet][:HEADER_SEARCH_ROWS]
        known = [len({name_of(cell) for cell in row if may_be_title(cell)} - {None}) for row in first]
        return max(known, default=0), sum(sum(map(filled, row)) > 1 for row in first) > 2

    return max(preview.first, key=likelihood)  # the first of equals
