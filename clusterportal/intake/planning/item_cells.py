"""The cells of a row that hold several items each, read into its facts."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from actors.columns.cells import Knows, items_in
from actors.columns.values import first_reason, unescaped
from clusterportal.intake.planning.value_choices import ValueChoices
from clusterportal.intake.row_facts import RowFacts


def read_item_cells(facts: RowFacts, *, knows: Knows, choices: ValueChoices) -> None:
    """Fills the parts of `facts` from its cells. A cell that cannot be read is a problem of the row."""
    separators = choices.profile.separators
    for column, cell in facts.cells.items():
        separator = separators.get(column, "")
        try:
            items = items_in(column, cell, _knows_more(knows, choices, column), separator=separator)
        except ValidationError as error:
            facts.add_problem(column, cell, first_reason(error))
            continue
        for text in _likely_lists(column, cell) if not separator else ():
            facts.add_remark(column, text, _("Stands as one item; part several with a bar or a semicolon."))
        facts.parts[column] = choices.apply_to_items(facts, column, items) + facts.parts.get(column, [])


def _knows_more(knows: Knows, choices: ValueChoices, column: str) -> Knows:
    """A value that somebody has named stays whole like the name of a record."""
    if column not in choices.profile.values:
        return knows
    return lambda model, text: choices.is_chosen(column, text) or knows(model, text)


def _likely_lists(column: str, cell) -> list[str]:
    """The items of a cell that look like lists. They stay whole: a comma may belong to a name."""
    if column not in ("services", "aliases", "contacts") or not isinstance(cell, str) or cell[:1] in "[{":
        return []
    found = []
    for item in re.split(r"[|;\r\n]+", unescaped(cell)):
        pieces = re.split(r",|\s[/•·]\s|\t", re.sub(r"\([^()]*\)", "", item.strip()))
        if "@" not in item and len(pieces) > 1 and all(1 <= len(piece.split()) <= 3 for piece in pieces):
            found.append(item.strip())
    return found
