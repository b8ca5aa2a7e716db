"""Where a table begins and ends: its header under titles, in one line or several; notes under the last row."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from django.utils.translation import gettext as _

LOOKED_AT = 30  # rows in which a header may stand under titles
HEADER_LINES = 4  # lines that a header has at most
BEYOND = "\0"  # the key under which cells beyond the header are kept
FOOTNOTE = "\1"  # the key under which a note under the table is kept
_NUMBER = re.compile(r"[-+]?[\d\s.,]*\d%?")
Row = dict[str, object]


def filled(cell) -> bool:
    return cell is not None and str(cell).strip() != ""


def find_header(rows: list[list], name_of: Callable[[str], str | None]) -> tuple[int, int]:
    """First and last row of the header, counted from 1.

    The early row with most known columns; where none is known, the first that holds words only. A line below that
    fills the gaps of the first belongs to it.
    """
    known = [sum(name_of(str(cell)) is not None for cell in row if filled(cell)) for row in rows]
    first = last = _first_with_most(known) if any(known) else _first_of_words(rows)
    while first and last - first + 1 < HEADER_LINES and _is_above(rows[first - 1], rows[first]):
        first -= 1
    while last + 2 < len(rows) and last - first + 1 < HEADER_LINES and _continues(rows[last], rows[last + 1]):
        last += 1
    return first + 1, last + 1


def titles(lines: list[list]) -> list[str]:
    """One title a column, no two the same; the words of several lines joined, an upper one over those to its right."""
    if not lines:
        return []
    width = max(map(len, lines))
    padded = [[*line, *[None] * (width - len(line))] for line in lines]
    for upper in padded[:-1]:
        for column in range(1, width):
            if not filled(upper[column]) and any(
                filled(lower[column]) for lower in padded[padded.index(upper) + 1 :]
            ):
                upper[column] = upper[column - 1]
    joined = [
        " ".join(
            dict.fromkeys(" ".join(str(line[column]).split()) for line in padded if filled(line[column]))
        )
        for column in range(width)
    ]
    seen: Counter[str] = Counter()
    return [_numbered(title, seen) for title in joined]


def lettered(width: int) -> list[str]:
    """Titles for a table without a header: column A, column B ..."""
    return [_("Column %(letter)s") % {"letter": _letter(number)} for number in range(width)]


def rows_under(
    rows: Iterable[list], header: tuple[int, int], columns: list[str | None], *, is_ragged: bool
) -> Iterator:
    """(number, {column: cell}) of the rows under the header; blank ones are left out, notes marked.

    `is_ragged`: a missing cell at the end is no statement; in a workbook it is an empty cell.
    """
    width, held, is_after_gap = len(columns), [], False
    for number, row in enumerate(rows, start=1):
        if number <= header[1] or (number == header[1] + 1 and _counts_columns(row)):
            continue
        count = sum(map(filled, row)) if is_after_gap or held else any(map(filled, row))
        if not count:
            is_after_gap = True
            continue
        if (is_after_gap or held) and count == 1 and width > 2:
            held.append((number, row))  # a note, unless a row of the table follows
            continue
        for number_held, row_held in held:
            yield number_held, _named(row_held, columns, width, is_ragged)
        held, is_after_gap = [], False
        yield number, _named(row, columns, width, is_ragged)
    for number, row in held:
        yield number, {FOOTNOTE: next(str(cell) for cell in row if filled(cell))}


def _named(row: list, columns: list[str | None], width: int, is_ragged: bool) -> Row:
    if not is_ragged:
        row = [*row, *[""] * (width - len(row))]
    values = {name: cell for name, cell in zip(columns, row, strict=False) if name}
    if any(map(filled, row[width:])):
        values[BEYOND] = len(row)
    return values


def _first_of_words(rows: list[list]) -> int:
    counts = [sum(map(filled, row)) for row in rows]
    enough = max(2, max(counts, default=0) // 2)
    words = (
        number
        for number, row in enumerate(rows)
        if counts[number] >= enough and not any(_is_number(cell) for cell in row)
    )
    return next(words, _first_with_most(counts))


def _first_with_most(counts: list[int]) -> int:
    return max(range(len(counts)), key=lambda number: (counts[number], -number))


def _continues(upper: list, lower: list) -> bool:
    """Whether a line fills gaps of the header above it, and more of them than it repeats."""
    if not any(map(filled, lower)) or any(_is_number(cell) for cell in lower):
        return False
    width = max(len(upper), len(lower))
    above = [*map(filled, upper), *[False] * (width - len(upper))]
    below = [*map(filled, lower), *[False] * (width - len(lower))]
    fills = sum(low and not up for up, low in zip(above, below, strict=True))
    clashes = sum(
        low and up and not (column + 1 < width and below[column + 1] and not above[column + 1])
        for column, (up, low) in enumerate(zip(above, below, strict=True))
    )
    left_of_first = next((column for column, up in enumerate(above) if up), 0)
    return fills > clashes and not any(below[:left_of_first])


def _is_above(upper: list, lower: list) -> bool:
    """Whether a line holds titles over others of the header, and is no title of the whole table."""
    return sum(map(filled, upper)) > 1 and _continues(upper, lower)


def _is_number(cell) -> bool:
    return isinstance(cell, (int, float)) or (filled(cell) and bool(_NUMBER.fullmatch(str(cell).strip())))


def _counts_columns(row: list) -> bool:
    """A line 1, 2, 3 ... that statistics put under their header."""
    numbers = [str(cell).strip().removesuffix(".0") for cell in row if filled(cell)]
    return len(numbers) > 2 and numbers == [str(number) for number in range(1, len(numbers) + 1)]


def _numbered(title: str, seen: Counter) -> str:
    if not title:
        return ""
    seen[title] += 1
    return title if seen[title] == 1 else f"{title} ({seen[title]})"


def _letter(number: int) -> str:
    return (_letter(number // 26 - 1) if number >= 26 else "") + chr(ord("A") + number % 26)
