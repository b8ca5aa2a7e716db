"""One row by itself: what it says, cleaned, or why it is not taken."""

from collections.abc import Iterable
from functools import partial

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from actors.columns.cells import in_short
from actors.columns.fields import COLUMN_OF
from actors.columns.parts import CLUSTERS, PARTS, check_items, clean_item
from actors.columns.values import clean_value, first_reason
from actors.columns.vocabulary import Vocabulary
from actors.enums import MembershipKind
from actors.models import Actor
from clusterportal.intake.column_values import LEFT_OUT
from clusterportal.intake.plan import Entry, Outcome, Plan
from clusterportal.intake.planning.item_cells import read_item_cells
from clusterportal.intake.planning.normalising import normalise
from clusterportal.intake.planning.relation_changes import links_of_items
from clusterportal.intake.planning.rights import Rights
from clusterportal.intake.planning.short_postcodes import ShortPostcodes
from clusterportal.intake.planning.value_choices import ValueChoices
from clusterportal.intake.profiles import Profile, fields_of
from clusterportal.intake.row_facts import Reason, RowFacts
from clusterportal.tables.body_rows import EXTRA_CELLS, SKIPPED_LINE
from clusterportal.tables.skipped_lines import filled

POINT = ("latitude", "longitude")
_KEPT_WHEN_EMPTY = ("uid", "slug", "name", "kind", "country", "state")  # an empty cell of these says nothing
# Fields whose normalised values are reported: texts people wrote. Codes and days are only read.
_REPORTED_WHEN_NORMALISED = {"founded"} | {
    field.name
    for field in Actor._meta.concrete_fields
    if isinstance(field, (models.CharField, models.TextField)) and not field.choices
}


class RowReader:
    """Reads the rows of a table; `left_out`: numbers of rows that somebody decided to leave out."""

    def __init__(
        self, plan: Plan, profile: Profile, rights: Rights, *, cluster: str | None, left_out: set[int]
    ):
        self.plan, self.profile, self.rights = plan, profile, rights
        self.cluster, self.left_out = cluster, left_out
        self.vocabulary = Vocabulary()
        self.choices = ValueChoices(plan, profile, rights, self.vocabulary)
        self.postcodes = ShortPostcodes()
        self._row_of_hash: dict[int, int] = {}

    def observe(self, rows: Iterable[tuple[int, dict]]) -> None:
        """Learns from the next rows how the table is written, before any of them is read."""
        self.postcodes.observe(row for _number, row in rows)

    def read(self, rows: Iterable[tuple[int, dict]]) -> list[tuple[Entry, RowFacts]]:
        """The rows that can be taken. Every row has its entry in the plan, a row not taken with the reason."""
        read = []
        for number, row in rows:
            entry = Entry(number, Outcome.UNCHANGED)
            self.plan.entries.append(entry)
            if facts := self._facts(entry, row):
                read.append((entry, facts))
        return read

    def _facts(self, entry: Entry, row: dict) -> RowFacts | None:
        if width := row.pop(EXTRA_CELLS, None):
            reason = _("The row has %(cells)s cells, more than the header. Is there a delimiter in a text?")
            self.plan.refuse(entry, ("", "", reason % {"cells": width}))
            return None
        if SKIPPED_LINE in row:
            self.plan.skip_line(entry, row[SKIPPED_LINE].reason)
            return None
        present = [name for name, cell in row.items() if filled(cell)]
        if not present:
            self.plan.skip(entry, _("The row is empty in every column that is imported."))
            return None
        row_hash = hash(repr(row))
        if earlier := self._row_of_hash.get(row_hash):
            self.plan.skip(entry, _("The row is the same as row %(row)s.") % {"row": earlier})
            return None
        self._row_of_hash[row_hash] = entry.row
        facts = self.profile.facts_of(row)
        self.choices.apply_to_fields(facts)
        read_item_cells(facts, knows=self.vocabulary.knows, choices=self.choices)
        if present == ["name"] and len(row) > 2:
            text = _("The row holds nothing but a name. Is it a group's title, or a note?")
            facts.add_remark("name", facts.fields.get("name"), text)
        entry.title = str(facts.fields.get("name") or "")
        if facts.skipped or entry.row in self.left_out:
            self.plan.skip(entry, facts.skipped or _("Left out by decision."))
            return None
        self.rights.narrow(facts)
        normalise(facts, self.postcodes)
        self._clean_fields(facts)
        self._clean_items(facts)
        if facts.problems and self.profile.unknown:
            facts.problems = [problem for problem in facts.problems if not self._left_out(facts, problem)]
        if facts.problems:
            self.plan.refuse(entry, *facts.problems)
            return None
        self._add_memberships(facts)
        facts.links += links_of_items(facts.parts.get("relations", ()))
        return facts

    def _clean_fields(self, facts: RowFacts) -> None:
        for name, value in list(facts.fields.items()):
            if name in _KEPT_WHEN_EMPTY and (value is None or value == ""):
                del facts.fields[name]
                continue
            try:
                facts.fields[name] = cleaned = clean_value(Actor, name, value)
            except ValidationError as error:
                facts.add_problem(COLUMN_OF.get(name, name), value, first_reason(error))
                continue
            if name in _REPORTED_WHEN_NORMALISED and str(value) not in (str(cleaned), f"{cleaned}.0"):
                facts.original.setdefault(name, value)

    def _clean_items(self, facts: RowFacts) -> None:
        """Cleans items one by one, so that each that is not understood is named; then all of a part together."""
        for column, items in facts.parts.items():
            part, cleaned, taken = PARTS[column], [], []
            for item in items:
                try:
                    cleaned.append(clean_item(part, item, self.vocabulary))
                    taken.append(item)
                except ValidationError as error:
                    is_alone = column in self.profile.unknown or column not in facts.cells
                    cell = in_short(column, item) if is_alone else facts.cells[column]
                    facts.add_problem(column, cell, first_reason(error))
            try:
                facts.parts[column] = check_items(part, cleaned, partial(_words_of, column, taken))
            except ValidationError as error:
                facts.add_problem(column, facts.cells.get(column), first_reason(error))

    def _left_out(self, facts: RowFacts, problem: Reason) -> bool:
        """Whether the value with this problem is left out, with a remark, because its column says so."""
        column, value, reason = problem
        if self.profile.unknown.get(column) != LEFT_OUT:
            return False
        for name in fields_of(column):
            facts.fields.pop(name, None)
            if name in POINT:  # half a point is none
                for other in POINT:
                    facts.fields.pop(other, None)
        told = _("Left out; the rest of the row is taken.")
        facts.remarks.append((column, value, f"{reason} {told}"))
        return True

    def _add_memberships(self, facts: RowFacts) -> None:
        """The membership in the cluster of the whole import, and of all only those that the person may write."""
        if self.cluster:
            member = {"cluster": self.cluster, "kind": MembershipKind.MEMBER.value}
            facts.membership = member
            if "clusters" not in facts.parts:
                facts.partial.add("clusters")
            items = facts.parts.setdefault("clusters", [])
            if all(CLUSTERS.identity_of(item) != CLUSTERS.identity_of(member) for item in items):
                items.append(member)
        if not self.rights.reaches_all and "clusters" in facts.parts:
            facts.parts["clusters"] = self.rights.own_memberships(facts.parts["clusters"])


def _words_of(column: str, items: list[dict], place: int) -> str:
    """What the cell says of the item at this place; put into words only where something is wrong with it."""
    return in_short(column, items[place])
