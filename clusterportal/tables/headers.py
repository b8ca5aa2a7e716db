"""Where the header of a table stands: under its titles, in one line or in several."""

from datetime import date, time

from clusterportal.tables.skipped_lines import filled, folded, is_number
from clusterportal.tables.titles import NameOf, may_be_title

MAX_HEADER_LINES = 4


def find_header(rows: list[list], name_of: NameOf) -> tuple[int, int]:
    """First and last row of the header, counted from 1.

    That is the row with the most known titles, or, where none is known, the first that holds words only. A line below
    that fills gaps of the first belongs to the header, unless it has text under every known title: then it is a row.
    """
    known = _known_columns(rows, name_of)
    first = last = _with_most_known(rows, known) if any(known) else _first_of_words(rows)
    while first and last - first + 1 < MAX_HEADER_LINES and _is_above(rows[first - 1], rows[first]):
        first -= 1
    while (
        last + 2 < len(rows)
        and last - first + 1 < MAX_HEADER_LINES
        and _continues(rows[last], rows[last + 1])
        and not _is_row_under(rows[last], rows[last + 1], known[last])
    ):
        last += 1
    return first + 1, last + 1


def _known_columns(rows: list[list], name_of: NameOf) -> list[list[int]]:
    """By row, the columns whose cell is a known title."""
    return [
        [column for column, cell in enumerate(row) if may_be_title(cell) and name_of(str(cell)) is not None]
        for row in rows
    ]


def _with_most_known(rows: list[list], known: list[list[int]]) -> int:
    """The row with most known titles. A single one may be a value: then a wider row of words above is the header."""
    most = _first_with_most([*map(len, known)])
    if len(known[most]) > 1:
        return most
    width = sum(map(filled, rows[most]))
    wide = (number for number in range(most) if width > 1 and sum(map(filled, rows[number])) >= width)
    return next((number for number in wide if not any(map(_is_value, rows[number]))), most)


def _first_of_words(rows: list[list]) -> int:
    counts = [sum(map(filled, row)) for row in rows]
    enough = max(2, max(counts, default=0) // 2)
    words = (
        number
        for number, row in enumerate(rows)
        if counts[number] >= enough and not any(_is_value(cell) for cell in row)
    )
    return next(words, _first_with_most(counts))


def _first_with_most(counts: list[int]) -> int:
    return max(range(len(counts)), key=lambda number: (counts[number], -number))


def _is_row_under(upper: list, lower: list, known: list[int]) -> bool:
    """Whether a line has text of its own under every known title of the line above it."""
    return bool(known) and all(
        column < len(lower) and filled(lower[column]) and folded(lower[column]) != folded(upper[column])
        for column in known
    )


def _continues(upper: list, lower: list) -> bool:
    """Whether a line fills gaps of the header above it, and more of them than it repeats."""
    if not any(map(filled, lower)) or any(_is_value(cell) for cell in lower):
        return False
    width = max(len(upper), len(lower))
    upper, lower = ([*row, *[None] * (width - len(row))] for row in (upper, lower))
    above, below = [*map(filled, upper)], [*map(filled, lower)]
    fills = sum(low and not up for up, low in zip(above, below, strict=True))
    clashes = sum(
        low
        and up
        and folded(upper[column]) != folded(lower[column])  # merged cells say the same in both
        and not (column + 1 < width and below[column + 1] and not above[column + 1])
        for column, (up, low) in enumerate(zip(above, below, strict=True))
    )
    left_of_first = next((column for column, up in enumerate(above) if up), 0)
    return fills > clashes and not any(below[:left_of_first])


def _is_above(upper: list, lower: list) -> bool:
    """Whether a line holds titles over others of the header, and is no title of the whole table."""
    return sum(map(filled, upper)) > 1 and _continues(upper, lower)


def _is_value(cell) -> bool:
    """Whether a cell is what no title is: a number, a day, a time."""
    return is_number(cell) or isinstance(cell, (date, time))
