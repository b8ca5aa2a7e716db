"""The rows under the header of a table, and the lines among them that are not rows."""

from collections.abc import Iterable, Iterator, Sequence

from clusterportal.tables.skipped_lines import (
    HiddenRow,
    SkippedLine,
    filled,
    filled_cells,
    folded,
    note,
    skipped_line,
)

EXTRA_CELLS = "\0"  # the key of a row for how many cells it has, where it has more than the header
SKIPPED_LINE = "\1"  # the key of a line that is not a row: a SkippedLine, with its reason
MAX_PENDING_LINES = 100  # notes at the end of a table; more lines than that are rows with a single cell
TableRow = dict[str, object]


def rows_under(
    rows: Iterable[tuple[int, list]],
    header: tuple[int, int],
    columns: Sequence[str | None],
    titles: Sequence[str],
    *,
    is_ragged: bool,
) -> Iterator[tuple[int, TableRow]]:
    """(number, {column: cell}) of the rows under the header; a line that is not a row is {SKIPPED_LINE: ...}.

    `rows`: (number, cells), blank ones left out. `is_ragged`: a missing cell at the end says nothing; in a workbook it
    is an empty cell. A line with a single cell below a gap may be a note: it waits until it is clear whether another
    row of the table follows.
    """
    width, last, is_below_gap = len(columns), header[1], False
    heading_words = _heading_words(titles) if header[1] else []
    pending: list[tuple[int, list, SkippedLine | None]] = []
    for number, cells in rows:
        if number <= header[1] or (number == header[1] + 1 and _numbers_columns(cells)):
            last = max(last, number)
            continue
        is_below_gap, last = is_below_gap or number > last + 1, number
        present = filled_cells(cells)
        skipped = skipped_line(present, heading_words, is_hidden=isinstance(cells, HiddenRow))
        is_single = len(present) == 1
        may_be_note = skipped is None and is_below_gap and is_single and width > 2
        is_below_gap = is_single and (is_below_gap or skipped is not None)
        pending.append((number, cells, skipped))
        is_undecided = may_be_note or (skipped and len(pending) > 1)
        if is_undecided and len(pending) <= MAX_PENDING_LINES:
            continue
        for pending_number, pending_cells, reason in pending:
            row: TableRow = (
                {SKIPPED_LINE: reason} if reason else _named(pending_cells, columns, is_ragged=is_ragged)
            )
            yield pending_number, row
        pending = []
    for number, cells, skipped in pending:
        yield number, {SKIPPED_LINE: skipped or note(next(str(cell) for cell in cells if filled(cell)))}


def _named(cells: list, columns: Sequence[str | None], *, is_ragged: bool) -> TableRow:
    width = len(columns)
    if not is_ragged:
        cells = [*cells, *[""] * (width - len(cells))]
    row: TableRow = {name: cell for name, cell in zip(columns, cells, strict=False) if name}
    if any(map(filled, cells[width:])):
        row[EXTRA_CELLS] = len(cells)
    return row


def _heading_words(titles: Sequence[str]) -> list[set[str]]:
    """By column, the words that a line repeating the heading may show there."""
    return [{folded(word) for word in (title, *getattr(title, "lines", ())) if word} for title in titles]


def _numbers_columns(row: list) -> bool:
    """Whether a line is 1, 2, 3 ..., as statistics have it under their header."""
    numbers = [str(cell).strip().removesuffix(".0") for cell in row if filled(cell)]
    return len(numbers) > 2 and numbers == [str(number) for number in range(1, len(numbers) + 1)]
