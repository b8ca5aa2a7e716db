"""A plan in words, for previews and reports: what each row changes, by field and by item."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from actors.columns.fields import COLUMN_OF, FIELDS
from actors.columns.values import in_words
from actors.domain.wording import Words
from actors.enums import IdentifierScheme, RelationKind
from actors.models import Actor
from clusterportal.core.labels import field_label
from clusterportal.intake.plan import Entry, Outcome, Plan, RelationLine

NAMES_BY_QUERY = 5000
_IS_NEW = (Outcome.NEW, Outcome.POSSIBLE)


class ValueDifference(NamedTuple):
    """A value or an item in the language of the reader, as the registry holds it and as it will hold it."""

    column: str
    before: str
    after: str

    @property
    def is_loss(self) -> bool:
        """Whether something would be removed or emptied."""
        return bool(self.before) and not self.after


@dataclass(slots=True)
class RowReport:
    """What one row changes, and the problems and remarks on it."""

    entry: Entry
    differences: list[ValueDifference] = field(default_factory=list)
    problems: list = field(default_factory=list)


def reports(plan: Plan, outcomes: Collection[Outcome] = frozenset(Outcome)) -> Iterator[RowReport]:
    """The rows of the plan, in the order of the table; all of them, or those of some outcomes."""
    problems = defaultdict(list)
    for problem in plan.problems:
        problems[problem.row].append(problem)
    words, relations = Words(plan.new_topics), defaultdict(list)
    names = _names_of_others(plan)
    for line in plan.relations.lines:
        relations[line.row].append(_of_relation(line, words, names.get(line.other, "")))
    for entry in plan.entries:
        if entry.outcome not in outcomes:
            continue
        differences = [*_of_fields(entry), *_of_parts(entry, words), *relations.get(entry.row, ())]
        yield RowReport(entry, differences, problems.get(entry.row, []))


def column_label(column: str) -> str:
    """The label of a column of actors."""
    if name := FIELDS.get(column):
        return field_label(Actor._meta.get_field(name))
    if column in IdentifierScheme.values:
        return str(IdentifierScheme(column).label)
    return str(_part_labels().get(column, column))


def _part_labels() -> dict[str, str]:
    return {
        "layers": _("Layers"),
        "areas": _("Application areas"),
        "clusters": _("Clusters"),
        "topics": _("Topics"),
        "identifiers": _("Identifiers"),
        "aliases": _("Other names"),
        "services": _("Services"),
        "contacts": _("Contact persons"),
        "relations": _("Relations"),
        "address": _("Address in one cell"),
        "house_number": _("House number"),
    }


def _of_fields(entry: Entry) -> Iterator[ValueDifference]:
    is_new = entry.outcome in _IS_NEW
    for name, value in entry.fields.items():
        if is_new and (value in ("", None) or name == "uid"):
            continue
        before = "" if is_new else in_words(Actor, name, entry.before.get(name))
        yield ValueDifference(COLUMN_OF.get(name, name), before, in_words(Actor, name, value))


def _of_parts(entry: Entry, words: Words) -> Iterator[ValueDifference]:
    for column, change in entry.parts.items():
        for before, after in change.items:
            texts = [words.item(column, item) for item in (before, after)]
            if texts[0] == texts[1]:  # only details differ that are left out otherwise
                texts = [words.item(column, item, every=True) for item in (before, after)]
            yield ValueDifference(column, *texts)


def _of_relation(line: RelationLine, words: Words, other: str) -> ValueDifference:
    def text(values: dict | None) -> str:
        if values is None:
            return ""
        details = words.item("relations", values)
        return f"{capfirst(str(RelationKind(line.kind).label))} > {other}" + (details and f" – {details}")

    return ValueDifference("relations", text(line.before), text(line.after))


def _names_of_others(plan: Plan) -> dict[int, str]:
    """The names of the other ends of the relations, by node."""
    others = sorted({line.other for line in plan.relations.lines if line.other > 0})
    names = {
        -entry.row: entry.fields.get("name", "") for entry in plan.entries if entry.outcome is Outcome.NEW
    }
    for start in range(0, len(others), NAMES_BY_QUERY):
        some = Actor.objects.filter(pk__in=others[start : start + NAMES_BY_QUERY])
        names |= dict(some.values_list("pk", "name"))
    return names
