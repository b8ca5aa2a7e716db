"""How the rows of one kind of file become facts about actors."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.text import slugify
from django.utils.translation import gettext as _

from clusterportal.intake.row_facts import RowFacts
from clusterportal.tables.skipped_lines import filled
from clusterportal.tables.unreadable_cells import Unreadable

_PARTING = re.compile(r"[_./,:;&+|\\-]+")
_REPEATED = re.compile(r" \(\d+\)$")  # what reading adds to a title that another column has already


@dataclass(frozen=True)
class Profile:
    """How the rows of one kind of file become facts about actors."""

    name: str
    facts: Callable[[dict], RowFacts]
    headers: dict[str, str]  # folded header -> column that `facts` knows
    needed: tuple[tuple[str, ...], ...]  # of each group at least one column must be there
    fills_gaps: bool = False  # what the curators wrote stands; the file only adds what is missing
    matches_names: bool = False
    replaces: frozenset[str] = frozenset()  # parts of which a cell names all items: others are taken away
    constants: dict = field(default_factory=dict)
    reading: dict = field(default_factory=dict)  # what people corrected of how such files are read

    def column_of(self, header: str) -> str | None:
        """The column that a header means; case, blanks and accents do not matter."""
        folded = [fold(header), fold(_REPEATED.sub("", header))]
        forms = [*folded, *(form.replace("-", "") for form in folded)]
        return (
            next((column for form in forms if (column := self.headers.get(form)) is not None), None) or None
        )

    def missing(self, columns: list[str]) -> list[str]:
        """The groups of columns of which the file has none, in words."""
        present = {*columns, *self.constants}
        return [f" {_('or')} ".join(group) for group in self.needed if not present & {*group}]

    def facts_of(self, row: dict) -> RowFacts:
        """What the row says; a constant stands where the row has nothing. Unreadable cells are problems of the row."""
        unreadable = {n: v for n, v in row.items() if isinstance(v, Unreadable)}
        said = {
            n: v for n, v in row.items() if n not in unreadable and (filled(v) or n not in self.constants)
        }
        facts = self.facts(self.constants | said)
        for column, cell in unreadable.items():
            facts.blame(column, cell, str(cell.reason))
        return facts


def fold(header: str) -> str:
    """A heading to look up: case, accents, and whatever parts its words do not matter."""
    return slugify(_PARTING.sub(" ", header.replace("ß", "ss")), allow_unicode=False)
