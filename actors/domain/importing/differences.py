"""A plan in words, for previews and reports: what each row changes, field by field."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from actors.domain.importing.cells import cell_of
from actors.domain.importing.plan import Entry, Outcome, Plan
from actors.domain.importing.profiles import COLUMN_OF, FIELDS
from actors.domain.importing.values import in_words
from actors.enums import IdentifierScheme, RelationKind
from actors.models import Actor
from clusterportal.core.labels import field_label

NAMED_AT_ONCE = 5000  # actors whose addresses are read with one query


class Difference(NamedTuple):
    """A column with what the registry holds and what it will hold, as people read it."""

    column: str
    before: str
    after: str


@dataclass(slots=True)
class RowReport:
    """What one row does, and what there is to say about it."""

    entry: Entry
    differences: list[Difference] = field(default_factory=list)
    problems: list = field(default_factory=list)


def reports(plan: Plan) -> Iterator[RowReport]:
    """Every row of the plan, in the order of the table."""
    problems = defaultdict(list)
    for problem in plan.problems:
        problems[problem.row].append(problem)
    relations = _relations_by_row(plan)
    for entry in plan.entries:
        differences = [*_of_fields(entry), *_of_parts(entry)]
        if stated := relations.get(entry.row):
            differences.append(Difference("relations", "|".join(stated[True]), "|".join(stated[False])))
        yield RowReport(entry, differences, problems.get(entry.row, []))


def column_label(column: str) -> str:
    """What people call a column of actors."""
    if name := FIELDS.get(column):
        return field_label(Actor._meta.get_field(name))
    if column in IdentifierScheme.values:
        return str(IdentifierScheme(column).label)
    return str(_part_labels().get(column, column))


def _part_labels() -> dict[str, str]:
    return {
        "layers": _("Layers"), "areas": _("Application areas"), "clusters": _("Clusters"), "topics": _("Topics"),
        "identifiers": _("Identifiers"), "aliases": _("Other names"), "services": _("Services"),
        "contacts": _("Contact persons"), "relations": _("Relations"), "address": _("Address in one cell"),
        "house_number": _("House number"),
    }  # fmt: skip


def _of_fields(entry: Entry) -> Iterator[Difference]:
    is_new = entry.outcome in (Outcome.NEW, Outcome.POSSIBLE)
    for name, value in entry.fields.items():
        if is_new and (value in ("", None) or name == "uid"):
            continue
        before = "" if is_new else in_words(Actor, name, entry.before.get(name))
        yield Difference(COLUMN_OF.get(name, name), before, in_words(Actor, name, value))


def _of_parts(entry: Entry) -> Iterator[Difference]:
    for column, change in entry.parts.items():
        yield Difference(column, cell_of(column, change.before), cell_of(column, change.after))


def _relations_by_row(plan: Plan) -> dict[int, dict[bool, list[str]]]:
    """Relations that a row adds or changes (False) and that go (True), as "Cooperation > other-actor"."""
    others = sorted({line.other for line in plan.relations.lines if line.other > 0})
    slugs = {
        -entry.row: entry.fields.get("slug", "") for entry in plan.entries if entry.outcome is Outcome.NEW
    }
    for start in range(0, len(others), NAMED_AT_ONCE):
        some = Actor.objects.filter(pk__in=others[start : start + NAMED_AT_ONCE])
        slugs |= dict(some.values_list("pk", "slug"))
    found: dict[int, dict[bool, list[str]]] = defaultdict(lambda: {True: [], False: []})
    for line in plan.relations.lines:
        kind = capfirst(str(RelationKind(line.kind).label))
        found[line.row][line.is_removed].append(f"{kind} > {slugs.get(line.other, '')}")
    return found
