"""Headings that mean something else in the portal's own tables than in those of others."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from clusterportal.intake.heading_words import SELDOM, SYNONYMS
from clusterportal.intake.profiles.profile import fold
from clusterportal.tables.titles import columns_of_titles

# Under "url" a table of the API has the page of the entry, others have the website of the organisation.
_PAGE, _KEY, _WEBSITE = "url", "uid", "website"


def _folded(headings: Mapping[str, Iterable[str]]) -> frozenset[str]:
    return frozenset(fold(word) for words in headings.values() for word in words)


_SELDOM = _folded(SELDOM) - _folded(SYNONYMS)


def columns_of(titles: Sequence[str], name_of: Callable[[str], str | None]) -> list[str | None]:
    """The column that each title of a table means, all of them taken together; None for none."""
    columns = columns_of_titles(titles, name_of)
    is_own = _KEY in columns or columns.count(_WEBSITE) > 1
    columns = [
        None if is_own and column == _WEBSITE and fold(title) == _PAGE else column
        for title, column in zip(titles, columns, strict=True)
    ]
    return _without_second_meanings(titles, columns)


def _without_second_meanings(titles: Sequence[str], columns: list[str | None]) -> list[str | None]:
    """The columns without those that a heading means only where no other heading does."""
    is_seldom = [fold(title) in _SELDOM for title in titles]
    taken = {column for column, seldom in zip(columns, is_seldom, strict=True) if not seldom}
    found: list[str | None] = []
    for column, seldom in zip(columns, is_seldom, strict=True):
        found.append(None if seldom and column in taken else column)
        taken.add(column)
    return found
