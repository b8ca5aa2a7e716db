"""Relations that rows state: their ends looked up in file and registry, compared with what is recorded."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from django.utils.translation import gettext as _

from actors.columns.parts import ends_before_it_began
from actors.columns.values import is_same
from actors.enums import MUTUAL_RELATIONS, ONCE_A_PAIR
from actors.models import Actor, ActorRelation, FormerSlug, Identifier
from clusterportal.core.languages import column_names
from clusterportal.intake.plan import Entry, Outcome, Plan, RelationLine
from clusterportal.intake.row_facts import Link, Reference

VALUES = ("since", "until", *column_names("note"), "evidence")
CHUNK = 5000  # relations or references that are looked up with one query


class Relation(NamedTuple):
    """A relation between two nodes: primary keys, or negative row numbers of actors that are still to be made."""

    source: int
    target: int
    kind: str
    values: dict

    @property
    def key(self) -> tuple:
        """The same for both directions of kinds that exist once between two actors."""
        ends = (self.source, self.target)
        return (*(sorted(ends) if self.kind in ONCE_A_PAIR else ends), self.kind)

    def has_direction_of(self, other: "Relation") -> bool:
        """Whether both, of one key, have the same direction; of a mutual kind every direction is the same."""
        return self.source == other.source or self.kind in MUTUAL_RELATIONS


class Recorded(NamedTuple):
    """A relation of the registry."""

    pk: int
    relation: Relation


class Stated(NamedTuple):
    """A relation that a row states."""

    entry: Entry
    relation: Relation


def links_of_items(items: Iterable[dict]) -> list[Link]:
    """The outgoing relations that a cell names."""
    return [
        Link(
            kind=item["kind"],
            source=None,
            target=Reference("slug", item["target"]),
            values={name: item[name] for name in VALUES if name in item},
        )
        for item in items
    ]


def plan_relations(plan: Plan, entries_by_key: dict[Reference, Entry], *, is_lenient: bool) -> None:
    """Adds the changes of relations to `plan`.

    `entries_by_key`: rows by what other rows may call their actors. `is_lenient`: relations whose other end is nowhere
    are left out and recorded ones stay as they are; otherwise such a row is refused. Recorded relations that a row
    does not name are removed only where it replaces them.
    """
    entries = [entry for entry in plan.entries if entry.links or entry.replaces_relations]
    if entries:
        _RelationPlanner(plan, entries_by_key, is_lenient).run(entries)


class _RelationPlanner:
    def __init__(self, plan: Plan, entries_by_key: dict[Reference, Entry], is_lenient: bool):
        self.plan, self.entries_by_key, self.is_lenient = plan, entries_by_key, is_lenient
        self.in_registry: dict[Reference, int] = {}
        self.recorded: dict[tuple, Recorded] = {}
        self.stated: dict[tuple, Stated] = {}

    def run(self, entries: list[Entry]) -> None:
        self.in_registry = _look_up({*_named_ends(entries)} - self.entries_by_key.keys())
        self.recorded = self._read_recorded(entries)
        related = {recorded.relation.source for recorded in self.recorded.values()}
        for entry in entries:
            if entry.fills_relations and entry.node in related:
                entry.links = []
        self.stated = self._read_stated(entries)
        while not self.is_lenient and (refused := self._refuse(entries)):
            # The new actor of a refused row may have been the other end of a row that was fine so far.
            entries = [entry for entry in entries if entry.row not in refused]
            self.stated = self._read_stated(entries)
        self._remove(entries)
        self._add_and_update()

    def _refuse(self, entries: list[Entry]) -> set[int]:
        """Refuses rows with relations that cannot be taken; returns their numbers."""
        replacing = {entry.node for entry in entries if entry.replaces_relations}
        refused = set()
        for entry in entries:
            problems = [why for link in entry.links if (why := self._problem(entry, link, replacing))]
            if problems:
                self.plan.refuse(entry, *(("relations", value, why) for value, why in problems))
                refused.add(entry.row)
        return refused

    def _problem(self, entry: Entry, link: Link, replacing: set[int]) -> tuple[str, str] | None:
        """(value, reason) where the relation cannot be taken."""
        relation, end = self._resolved(entry, link), link.target or link.source
        assert end  # a row names at least the other end
        value = f"{link.kind}>{end.value}"
        if relation is None:
            other = self.entries_by_key.get(end)
            if other and other.outcome is Outcome.POSSIBLE:
                return value, _("Row %(row)s is not decided yet.") % {"row": other.row}
            return value, _("No actor has the address “%(slug)s”.") % {"slug": end.value}
        if relation.source == relation.target:
            return value, _("An actor has no relation to itself.")
        first = self.stated[relation.key].relation
        others = [first]
        recorded = self.recorded.get(relation.key)
        if recorded and recorded.relation.source not in replacing:
            others.append(recorded.relation)
        if recorded and ends_before_it_began(recorded.relation.values | relation.values):
            return value, _("The relation ends before it began.")
        if not all(other.has_direction_of(relation) for other in others):
            return value, _("This relation is already recorded, seen from the other side.")
        return None

    # ---------- what there is ----------
    def _resolved(self, entry: Entry, link: Link) -> Relation | None:
        source = entry.node if link.source is None else self._node(link.source)
        target = entry.node if link.target is None else self._node(link.target)
        return None if source is None or target is None else Relation(source, target, link.kind, link.values)

    def _node(self, reference: Reference) -> int | None:
        entry = self.entries_by_key.get(reference)
        if entry is None:
            return self.in_registry.get(reference)
        return entry.node if entry.pk or entry.outcome is Outcome.NEW else None

    def _read_stated(self, entries: list[Entry]) -> dict[tuple, Stated]:
        stated: dict[tuple, Stated] = {}
        for entry in entries:
            for link in entry.links:
                relation = self._resolved(entry, link)
                if relation and relation.source != relation.target:
                    stated.setdefault(relation.key, Stated(entry, relation))
        return stated

    def _read_recorded(self, entries: list[Entry]) -> dict[tuple, Recorded]:
        actors = {entry.pk for entry in entries if entry.pk} | {*self.in_registry.values()}
        named = (self.entries_by_key.get(end) for end in _named_ends(entries))
        actors |= {entry.pk for entry in named if entry and entry.pk}
        found = {}
        for some in _chunks(sorted(actors)):
            rows = ActorRelation.objects.filter(source__in=some).order_by("pk")
            columns = ("pk", "source_id", "target_id", "kind", *VALUES)
            for pk, source, target, kind, *values in rows.values_list(*columns):
                relation = Relation(source, target, kind, dict(zip(VALUES, values, strict=True)))
                found[relation.key] = Recorded(pk, relation)
        return found

    # ---------- what changes ----------
    def _remove(self, entries: list[Entry]) -> None:
        replacing = {entry.node: entry for entry in entries if entry.replaces_relations}
        for key, (pk, relation) in self.recorded.items():
            entry, stated = replacing.get(relation.source), self.stated.get(key)
            if entry and not (stated and relation.has_direction_of(stated.relation)):
                self.plan.relations.remove.append(pk)
                self._report(entry, relation, before=relation.values, after=None, pk=pk)

    def _add_and_update(self) -> None:
        changes = self.plan.relations
        for key, (entry, relation) in self.stated.items():
            recorded = self.recorded.get(key)
            if recorded is None or not (self.is_lenient or recorded.relation.has_direction_of(relation)):
                changes.add.append((relation.source, relation.target, relation.kind, relation.values))
                self._report(entry, relation, before=None, after=relation.values)
            elif not self.is_lenient and not _is_same(relation.values, recorded.relation.values):
                changes.update.append((recorded.pk, relation.values))
                before = recorded.relation.values
                self._report(entry, relation, before=before, after=before | relation.values, pk=recorded.pk)

    def _report(
        self,
        entry: Entry,
        relation: Relation,
        *,
        before: dict | None,
        after: dict | None,
        pk: int | None = None,
    ) -> None:
        if entry.outcome is Outcome.UNCHANGED:
            entry.outcome = Outcome.CHANGED
        other = relation.target if relation.source == entry.node else relation.source
        self.plan.relations.lines.append(RelationLine(entry.row, relation.kind, other, before, after, pk))


def _is_same(values: dict, recorded: dict) -> bool:
    return all(is_same(value, recorded[name]) for name, value in values.items())


def _named_ends(entries: Iterable[Entry]) -> Iterator[Reference]:
    for entry in entries:
        for link in entry.links:
            yield from (end for end in (link.source, link.target) if end)


def _look_up(references: set[Reference]) -> dict[Reference, int]:
    """The actors of the registry behind the references, former addresses included."""
    found: dict[Reference, int] = {}
    for some in _chunks(sorted(references)):
        values = [reference.value for reference in some]
        for model, name in ((FormerSlug, "actor_id"), (Actor, "pk")):
            rows = model._default_manager.filter(slug__in=values).values_list("slug", name)
            found |= {Reference("slug", slug): pk for slug, pk in rows}
        numbers = Identifier.objects.filter(value__in=values).values_list("scheme", "value", "actor_id")
        found |= {Reference(scheme, value): pk for scheme, value, pk in numbers}
    return {reference: pk for reference, pk in found.items() if reference in references}


def _chunks(values: Iterable) -> Iterator[list]:
    values = iter(values)
    while chunk := list(islice(values, CHUNK)):
        yield chunk
