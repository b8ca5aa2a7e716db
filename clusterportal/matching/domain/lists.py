"""Lists of names as people have them: pasted, or as a table; matched row by row, and given back with the actors found.

Nothing is stored: a table goes back to the page and comes from there again (`as_text`, `kept`).
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from actors.enums import IdentifierScheme
from clusterportal.intake.profiles.registry import registry_profile
from clusterportal.matching.domain.name_query import Asked, ask
from clusterportal.tables.formats import UnreadableTable
from clusterportal.tables.reader import NO_HEADER, examine, read_table
from clusterportal.tables.titles import lettered_titles

MOST_ROWS = 2000
MOST_CHARACTERS = 1_000_000  # of all cells
MOST_COLUMNS = 100
# What a column may say of the organisation, beside its name.
MEANINGS = ("name", "city", "postcode", "country", "website", *IdentifierScheme.values)
_OTHER_NAMES = ("short_name", "aliases")  # of a table without a column for the name itself
_BETWEEN = ("\t", ";")  # a name and its place


class TooLong(ValueError):
    """The list is longer than what is matched at once; the message says what to do."""


@dataclass(frozen=True)
class NameList:
    """A table with the column that each meaning has. Without `has_titles` its titles are letters."""

    titles: list[str]
    rows: list[list[str]]
    columns: dict[str, int] = field(default_factory=dict)
    has_titles: bool = True

    @property
    def is_clear(self) -> bool:
        """Whether it is known which column holds the names."""
        return "name" in self.columns

    def asked(self) -> list[Asked]:
        return [self._asked(row) for row in self.rows]

    def _asked(self, row: list[str]) -> Asked:
        said: dict[str, Any] = {
            meaning: row[column] for meaning, column in self.columns.items() if row[column]
        }
        numbers = [(scheme, said.pop(scheme)) for scheme in IdentifierScheme.values if scheme in said]
        return ask(said.pop("name", ""), identifiers=numbers, **said)

    def as_text(self) -> str:
        """The table as CSV, as `kept` reads it."""
        file = io.StringIO()
        csv.writer(file).writerows(
            [["1" if self.has_titles else "", *self.titles], *(["", *row] for row in self.rows)]
        )
        return file.getvalue()


def pasted(text: str) -> NameList:
    """One name a line; behind a tab or semicolon its place. Raises TooLong."""
    lines = [line.strip() for line in text.replace("\0", "").splitlines()]
    lines = [line for line in lines if line]
    between = next((sign for sign in _BETWEEN if any(sign in line for line in lines)), None)
    cells = [[cell.strip() for cell in line.split(between)] if between else [line] for line in lines]
    width = max(map(len, cells), default=1)
    _check(cells, width)
    rows = [[*row, *[""] * (width - len(row))] for row in cells]
    titled = _columns(rows[0]) if rows and width > 1 else {}
    if "name" in titled:
        return NameList(rows[0], rows[1:], titled)
    columns = {"name": 0, "city": 1} if width > 1 else {"name": 0}
    titles = [str(_("Name")), str(_("Place"))] if width == 2 else list(map(str, lettered_titles(width)))
    return NameList([_("Name")] if width == 1 else titles, rows, columns, has_titles=False)


def uploaded(path: Path, *, name: str) -> NameList:
    """The table of a file that people call `name`; read in the sandbox. Raises UnreadableTable, TooLong."""
    found = examine(path, name_of=registry_profile().column_of, name=name)
    if len(found.titles) > MOST_COLUMNS:
        raise UnreadableTable(_too_wide())
    numbered = [str(number) for number in range(len(found.titles))]
    table = read_table(
        path,
        name_of=registry_profile().column_of,
        columns_of=lambda titles, name_of: [*numbered],
        is_brief=True,
        found=found,
    )
    rows, characters = [], 0
    for _number, row in table.rows:
        cells = ["" if row.get(one) is None else " ".join(str(row[one]).split()) for one in numbered]
        characters += sum(map(len, cells))
        rows.append(cells)
        if len(rows) > MOST_ROWS or characters > MOST_CHARACTERS:
            raise TooLong(_too_long())
    has_titles = found.options.header != NO_HEADER
    titles = [
        str(title) or str(letter)
        for title, letter in zip(found.titles, lettered_titles(len(numbered)), strict=True)
    ]
    columns = _columns(found.titles) if has_titles else {}
    return NameList(titles, rows, columns or _only(titles), has_titles)


def kept(text: str, columns: dict[str, int]) -> NameList:
    """The table that `as_text` wrote, with the columns that people chose. Raises TooLong, ValueError."""
    lines = list(csv.reader(io.StringIO(text.replace("\0", ""))))
    if not lines:
        raise ValueError(text)
    (mark, *titles), *rows = lines
    if not titles or any(len(row) != len(lines[0]) for row in rows):
        raise ValueError(text)
    _check(rows, len(titles))
    fitting = {
        meaning: at for meaning, at in columns.items() if 0 <= at < len(titles) and meaning in MEANINGS
    }
    return NameList(titles, [row[1:] for row in rows], fitting, has_titles=bool(mark))


def _columns(titles: Sequence[str]) -> dict[str, int]:
    """The column of each meaning, by the titles that imports know as well."""
    column_of = registry_profile().column_of
    known: dict[str | None, int] = {}
    for at, title in enumerate(titles):
        known.setdefault(column_of(title), at)
    for other in _OTHER_NAMES:
        if other in known:
            known.setdefault("name", known[other])
    return {meaning: known[meaning] for meaning in MEANINGS if meaning in known}


def _only(titles: Sequence[str]) -> dict[str, int]:
    """A table of one column is one of names."""
    return {"name": 0} if len(titles) == 1 else {}


def _check(rows: list[list[str]], width: int) -> None:
    if len(rows) > MOST_ROWS or sum(len(cell) for row in rows for cell in row) > MOST_CHARACTERS:
        raise TooLong(_too_long())
    if width > MOST_COLUMNS:
        raise TooLong(_too_wide())


def _too_long() -> str:
    return _(
        "At most %(most)s rows are matched at once, of %(characters)s characters together. Divide the list, or use the "
        "interface for programs."
    ) % {"most": MOST_ROWS, "characters": MOST_CHARACTERS}


def _too_wide() -> str:
    return _("The table has more than %(most)s columns. Save the columns that you need.") % {
        "most": MOST_COLUMNS
    }
