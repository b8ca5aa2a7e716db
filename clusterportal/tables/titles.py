"""Titles of the columns of a table, and which columns they mean."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from django.utils.translation import gettext as _

from clusterportal.tables.skipped_lines import filled
from clusterportal.tables.unreadable_cells import UnreadableCell

MAX_TITLE_CHARACTERS = 200  # a longer text is no title
NameOf = Callable[[str], str | None]  # the column that a title means; None for none


class Title(str):
    """The title of a column. Where the header has several lines, `lines` holds each and `last` the lowest."""

    last: str
    lines: tuple[str, ...]

    def __new__(cls, text: str, lines: Iterable[str] = ()):
        title = super().__new__(cls, text)
        title.lines = tuple(lines) or (text,)
        title.last = title.lines[-1]
        return title


def may_be_title(cell) -> bool:
    """Whether a cell can be a title at all."""
    return (
        isinstance(cell, str)
        and not isinstance(cell, UnreadableCell)
        and filled(cell)
        and len(cell) <= MAX_TITLE_CHARACTERS
    )


def titles_of(lines: list[list]) -> list[Title]:
    """One title a column, no two the same, from the lines of the header.

    The words of several lines are joined; a word of an upper line stands over the empty cells to its right, too.
    """
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
            " ".join(str(line[column]).split())[:MAX_TITLE_CHARACTERS]
            for line in padded
            if filled(line[column])
        ]
        words = [*dict.fromkeys(words)]
        made.append(Title(_numbered(" ".join(words), seen), words))
    return made


def lettered_titles(width: int) -> list[Title]:
    """Titles for a table without a header: column A, column B ..."""
    return [Title(_("Column %(letter)s") % {"letter": letter(number)}) for number in range(width)]


def letter(number: int) -> str:
    """The letters of a column, counted from 0: A, B ... Z, AA."""
    return (letter(number // 26 - 1) if number >= 26 else "") + chr(ord("A") + number % 26)


def columns_of_titles(titles: Sequence[str], name_of: NameOf) -> list[str | None]:
    """The column that each title means; None for none.

    Where the joined lines of a title mean nothing, its last line counts ("Address PLZ"), unless several titles would
    mean the same column by it.
    """
    columns = [name_of(title) if title else None for title in titles]
    by_last = [
        name_of(title.last) if column is None and isinstance(title, Title) and title.last != title else None
        for title, column in zip(titles, columns, strict=True)
    ]
    times = Counter(filter(None, [*columns, *by_last]))
    return [
        column if column is not None or last is None or times[last] != 1 else last
        for column, last in zip(columns, by_last, strict=True)
    ]


def first_duplicate(titles: Sequence[str], columns: Sequence[str | None]) -> tuple[str, str] | None:
    """The first two titles that mean the same column; None where no two do."""
    seen: dict[str, str] = {}
    for title, column in zip(titles, columns, strict=True):
        if column and seen.setdefault(column, title) != title:
            return seen[column], title
    return None


def _numbered(title: str, seen: Counter) -> str:
    if not title:
        return ""
    seen[title] += 1
    return title if seen[title] == 1 else f"{title} ({seen[title]})"
