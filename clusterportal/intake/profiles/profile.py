"""How the rows of one kind of file become facts about actors."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from actors.columns.placeholders import stated
from clusterportal.core.spelling import spelling
from clusterportal.intake.row_facts import RowFacts
from clusterportal.tables.skipped_lines import filled
from clusterportal.tables.unreadable_cells import UnreadableCell

_REPEATED = re.compile(r" \(\d+\)$")  # added to a title that an earlier column has, too


@dataclass(frozen=True)
class Profile:
    """How the rows of one kind of file become facts about actors."""

    name: str
    facts: Callable[[dict], RowFacts]
    headers: dict[str, str]  # folded heading -> column that `facts` knows
    needed: tuple[tuple[str, ...], ...]  # of each group a table must have a column
    fills_empty_fields: bool = False  # what curators wrote stays; the file only adds what is missing
    matches_names: bool = False  # the name of a row can be enough to find its actor
    replaces: frozenset[str] = frozenset()  # columns of parts that name all items: others are removed
    fills: frozenset[str] = frozenset()  # columns that count only where the registry has nothing
    separators: Mapping[str, str] = field(default_factory=dict)  # column -> what parts its cells
    # Column -> what a value (`column_values.key_of`) stands for, and what becomes of those that nobody named.
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    unknown: Mapping[str, str] = field(default_factory=dict)
    constants: dict = field(default_factory=dict)
    read_options: dict = field(default_factory=dict)  # what people corrected of how such files are read

    def column_of(self, heading: str) -> str | None:
        """The column that a heading means, None for none; its spelling does not matter (`fold`)."""
        column = self.headers.get(fold(heading))
        if column is None:
            column = self.headers.get(fold(_REPEATED.sub("", heading)))
        return column or None

    def missing(self, columns: list[str]) -> list[str]:
        """The groups of columns of which the file has none, in words."""
        present = {*columns, *self.constants}
        return [f" {_('or')} ".join(group) for group in self.needed if not present & {*group}]

    def facts_of(self, row: dict) -> RowFacts:
        """What the row says; a constant counts where its cell is empty, an unreadable cell is a problem of the row."""
        unreadable = {name: cell for name, cell in row.items() if isinstance(cell, UnreadableCell)}
        present = stated({name: cell for name, cell in row.items() if name not in unreadable})
        if self.constants:
            empty = [name for name in self.constants if not filled(present.get(name))]
            present |= {name: self.constants[name] for name in empty}
        facts = self.facts(present)
        for column, cell in unreadable.items():
            facts.add_problem(column, cell, str(cell.reason))
        return facts


def fold(heading: str) -> str:
    """A heading for comparison: case, accents, umlauts spelt out, blanks and signs do not matter."""
    return spelling(heading).replace(" ", "")
