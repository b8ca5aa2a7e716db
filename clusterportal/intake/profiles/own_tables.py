"""Headings of the portal's own tables that mean something else there than in the tables of others."""

from collections.abc import Callable

from django.utils.text import slugify

from clusterportal.tables.headers import meant

# Where a table of the API has the address of the entry's page, others have the website of the organisation.
_PAGE, _KEY, _WEBSITE = "url", "uid", "website"


def columns_of(titles: list[str], name_of: Callable[[str], str | None]) -> list[str | None]:
    """What the headings of a table mean, all of them looked at together; None for what is passed over."""
    columns = meant(titles, name_of)
    is_own = _KEY in columns or columns.count(_WEBSITE) > 1
    return [
        None if is_own and column == _WEBSITE and slugify(title) == _PAGE else column
        for title, column in zip(titles, columns, strict=True)
    ]
