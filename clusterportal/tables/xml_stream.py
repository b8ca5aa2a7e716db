"""Elements of XML one by one: a sheet may be large, and must not be nested deeper than a table."""

from collections.abc import Iterator
from typing import IO
from xml.etree import ElementTree

from django.utils.translation import gettext_lazy as _

from clusterportal.tables.formats import UnreadableTable
from clusterportal.tables.limits import MAX_COLUMNS, MAX_DEPTH, check_width


def walk(content: IO[bytes]) -> Iterator[tuple[bool, str, ElementTree.Element]]:
    """(whether it ends here, plain name, element) of each element. Raises UnreadableTable, ParseError."""
    depth = 0
    for event, element in ElementTree.iterparse(content, events=("start", "end")):
        is_end = event == "end"
        depth += -1 if is_end else 1
        if depth > MAX_DEPTH:
            raise UnreadableTable(_("The workbook is nested deeper than a table. Save it again, or as CSV."))
        yield is_end, plain(element.tag), element


def plain(name: str) -> str:
    """The name of an element or attribute without its namespace."""
    return name.rpartition("}")[2]


def attributes(element: ElementTree.Element) -> dict[str, str]:
    """The attributes by their plain names."""
    return {plain(name): value for name, value in element.items()}


def put(cells: list, column: int, value, row: int) -> None:
    """Sets the cell of `column`, counted from 0; an empty value sets nothing.

    Raises UnreadableTable for too wide a row.
    """
    if value is None or value == "":
        return
    check_width(column + 1, row)
    if column >= len(cells):
        cells += [None] * (min(column, MAX_COLUMNS) + 1 - len(cells))
    cells[column] = value


class Spans:
    """Cells merged over several rows: the value of the first holds for the others."""

    def __init__(self):
        self._open: dict[int, tuple[int, object]] = {}  # by column: last row, value

    def begin(self, column: int, last_row: int, value) -> None:
        if value not in (None, ""):
            self._open[column] = last_row, value

    def fill(self, row: int, cells: list) -> None:
        """Gives a row that holds anything the values of the cells that reach into it."""
        for column, (last_row, value) in [*self._open.items()]:
            if row > last_row:
                del self._open[column]
            elif any(cell is not None for cell in cells) and (len(cells) <= column or cells[column] is None):
                put(cells, column, value, row)
