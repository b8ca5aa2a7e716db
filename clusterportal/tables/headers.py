"""Where a table begins and ends: its header under titles, in one line or several; what stands under the last row."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date, time

from django.utils.translation import gettext as _

from clusterportal.tables.skipped_lines import filled, folded, is_number, note, passed_over
from clusterportal.tables.unreadable_cells import PassedOver, Unreadable

HEADER_LINES = 4  # lines that a header has at most
MOST_NOTES = 100  # lines; more of them are rows with a single cell
LONGEST_TITLE = 200  # characters; a longer text is no heading
BEYOND = "\0"  # the key under which cells beyond the header are kept
FOOTNOTE = "\1"  # the key under which a line is kept that is no row: a PassedOver, with its reason
Row = dict[str, object]
NameOf = Callable[[str], str | None]


class Title(str):
    """A heading; of several lines `last` is the lowest, `lines` are all."""

    last: str
    lines: tuple[str, ...]

    def __new__(cls, text: str, lines: Iterable[str] = ()):
        title = super().__new__(cls, text)
        title.lines = tuple(lines) or (text,)
        title.last = title.lines[-1]
        return title


def find_header(rows: list[list], name_of: NameOf) -> tuple[int, int]:
    """First and last row of the header, counted from 1.

    The early row with most known columns; where none is known, the first that holds words only. A line below that
    fills the gaps of the first belongs to it, unless it has text under every known heading: that is a row.
    """
    known = _known_columns(rows, name_of)
    first = last = _with_most_known(rows, known) if any(known) else _first_of_words(rows)
    while first and last - first + 1 < HEADER_LINES and _is_above(rows[first - 1], rows[first]):
        first -= 1
    while (
        last + 2 < len(rows)
        and last - first + 1 < HEADER_LINES
        and _continues(rows[last], rows[last + 1])
        and not _is_row_under(rows[last], rows[last + 1], known[last])
    ):
        last += 1
    return first + 1, last + 1


def first_repeated(titles: list[str], columns: list[str | None]) -> tuple[str, str] | None:
    """The first two headings that mean the same."""
    seen: dict[str, str] = {}
    for title, column in zip(titles, columns, strict=True):
        if column and seen.setdefault(column, title) != title:
            return seen[column], title
    return None


def titles(lines: list[list]) -> list[Title]:
    """One title a column, no two the same; the words of several lines joined, an upper one over those to its right."""
    if not lines:
        return []
    width = max(map(len, lines))
    padded = [[*line, *[None] * (width - len(line))] for line in lines]
    for number, upper in enumerate(padded[:-1]):
        for column in range(1, width):
            if not filled(upper[column]) and any(filled(lower[column]) for lower in padded[number + 1 :]):
                upper[column] = upper[column - 1]
    seen: Counter[str] = Counter()
    made = []
    for column in range(width):
        words = [
            " ".join(str(line[column]).split())[:LONGEST_TITLE] for line in padded if filled(line[column])
        ]
        words = [*dict.fromkeys(words)]
        made.append(Title(_numbered(" ".join(words), seen), words))
    return made


def meant(titles: list[str], name_of: NameOf) -> list[str | None]:
    """The column that each heading means. Where the joined lines say nothing, the last one counts ("Address PLZ"),
    unless several headings would mean the same by it."""
    columns = [name_of(title) if title else None for title in titles]
    by_last = [
        name_of(title.last) if column is None and isinstance(title, Title) and title.last != title else None
        for title, column in zip(titles, columns, strict=True)
    ]
    times = Counter(filter(None, [*columns, *by_last]))
    return [
        column if column is not None or times[last] != 1 else last
        for column, last in zip(columns, by_last, strict=True)
    ]


def lettered(width: int) -> list[Title]:
    """Titles for a table without a header: column A, column B ..."""
    return [Title(_("Column %(letter)s") % {"letter": letter(number)}) for number in range(width)]


def letter(number: int) -> str:
    """The letters of a column, counted from 0: A, B ... Z, AA."""
    return (letter(number // 26 - 1) if number >= 26 else "") + chr(ord("A") + number % 26)


def rows_under(
    rows: Iterable[tuple[int, list]],
    header: tuple[int, int],
    columns: list[str | None],
    titles: list[str],
    *,
    is_ragged: bool,
) -> Iterator[tuple[int, Row]]:
    """(number, {column: cell}) of the rows under the header; lines that are no rows are marked with the reason.

    `rows`: (number, cells), blank ones left out. `is_ragged`: a missing cell at the end is no statement; in a workbook
    it is an empty cell.
    """
    width, before, is_below = len(columns), header[1], False  # below: after a gap, or a note
    held: list[tuple[int, list, PassedOver | None]] = []
    words = _words(titles) if header[1] else []
    for number, row in rows:
        if number <= header[1] or (number == header[1] + 1 and _counts_columns(row)):
            before = max(before, number)
            continue
        is_below, before = is_below or number > before + 1, number
        mark, is_alone = passed_over(row, words), sum(map(filled, row)) == 1
        is_note = mark is None and is_below and is_alone and width > 2  # unless a row of the table follows
        is_below = is_alone and (is_below or mark is not None)
        held.append((number, row, mark))
        if len(held) <= MOST_NOTES and (is_note or (mark and len(held) > 1)):
            continue
        for number_held, row_held, mark_held in held:
            yield (
                number_held,
                {FOOTNOTE: mark_held} if mark_held else _named(row_held, columns, width, is_ragged),
            )
        held = []
    for number, row, mark in held:
        yield number, {FOOTNOTE: mark or note(next(str(cell) for cell in row if filled(cell))[:200])}


def _named(row: list, columns: list[str | None], width: int, is_ragged: bool) -> Row:
    if not is_ragged:
        row = [*row, *[""] * (width - len(row))]
    values = {name: cell for name, cell in zip(columns, row, strict=False) if name}
    if any(map(filled, row[width:])):
        values[BEYOND] = len(row)
    return values


def _words(titles: list[str]) -> list[set[str]]:
    """By column what a line that repeats its heading may say."""
    return [{folded(word) for word in (title, *getattr(title, "lines", ())) if word} for title in titles]


def _known_columns(rows: list[list], name_of: NameOf) -> list[list[int]]:
    """By row the columns whose cell names a known one."""
    return [
        [column for column, cell in enumerate(row) if may_be_title(cell) and name_of(str(cell)) is not None]
        for row in rows
    ]


def may_be_title(cell) -> bool:
    """Whether a cell can be a heading at all."""
    return (
        isinstance(cell, str)
        and not isinstance(cell, Unreadable)
        and filled(cell)
        and len(cell) <= LONGEST_TITLE
    )


def _with_most_known(rows: list[list], known: list[list[int]]) -> int:
    """The row with most known headings; a single one in a row as wide as one of words above it is a value there."""
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
    """Whether a line has text of its own under every known heading of the line above it."""
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
        low and up and folded(upper[column]) != folded(lower[column])  # merged cells say the same in both
        and not (column + 1 < width and below[column + 1] and not above[column + 1])
        for column, (up, low) in enumerate(zip(above, below, strict=True))
    )  # fmt: skip
    left_of_first = next((column for column, up in enumerate(above) if up), 0)
    return fills > clashes and not any(below[:left_of_first])


def _is_above(upper: list, lower: list) -> bool:
    """Whether a line holds titles over others of the header, and is no title of the whole table."""
    return sum(map(filled, upper)) > 1 and _continues(upper, lower)


def _is_value(cell) -> bool:
    """What no heading is: a number, a day, a time."""
    return is_number(cell) or isinstance(cell, (date, time))


def _counts_columns(row: list) -> bool:
    """A line 1, 2, 3 ... that statistics put under their header."""
    numbers = [str(cell).strip().removesuffix(".0") for cell in row if filled(cell)]
    return len(numbers) > 2 and numbers == [str(number) for number in range(1, len(numbers) + 1)]


def _numbered(title: str, seen: Counter) -> str:
    if not title:
        return ""
    seen[title] += 1
    return title if seen[title] == 1 else f"{title} ({seen[title]})"
