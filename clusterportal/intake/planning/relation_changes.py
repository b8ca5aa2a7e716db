"""Relations that rows state: their ends found in file and registry, compared with what is recorded."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from django.utils.translation import gettext as _

from actors.columns.values import is_same
from actors.enums import MUTUAL_RELATIONS, ONCE_A_PAIR
from actors.models import Actor, ActorRelation, FormerSlug, Identifier
from clusterportal.core.languages import column_names
from clusterportal.intake.plan import Entry, Outcome, Plan, RelationLine
from clusterportal.intake.row_facts import Link, Reference

VALUES = ("since", *column_names("note"), "evidence")
CHUNK = 5000


class Recorded(NamedTuple):
    """A relation of the registry, or one that a row states (then `pk` is None and `entry` the row)."""

    source: int
    target: int
    kind: str
    values: dict
    pk: int | None = None
    entry: Entry | None = None

    @property
    def key(self) -> tuple:
        """The same for both directions of kinds that stand once between two actors."""
        ends = (self.source, self.target)
        return (*(sorted(ends) if self.kind in ONCE_A_PAIR else ends), self.kind)

    def says(self, other: "Recorded") -> bool:
        return self.source == other.source or self.kind in MUTUAL_RELATIONS


def links_of_items(items: list[dict]) -> list[Link]:
    """The outgoing relations that a cell names."""
    return [
        Link(
            item["kind"],
            None,
            Reference("slug", item["target"]),
            {name: item[name] for name in VALUES if name in item},
        )
        for item in items
    ]


def plan_relations(plan: Plan, known_as: dict, *, forgiving: bool) -> None:
    """Adds to `plan` what becomes of relations.

    `known_as`: rows by ("slug" or scheme, value). `forgiving`: relations whose other end is nowhere are left
    out and nothing recorded is changed; otherwise such a row is refused. Recorded relations that a row does not
    name go only where it replaces them.
    """
    speaking = [entry for entry in plan.entries if entry.links or entry.replaces_relations]
    if speaking:
        _Relating(plan, known_as, forgiving).run(speaking)


class _Relating:
    def __init__(self, plan: Plan, known_as: dict, forgiving: bool):
        self.plan, self.known_as, self.forgiving = plan, known_as, forgiving
        self.elsewhere: dict[Reference, int] = {}

    def run(self, speaking: list[Entry]) -> None:
        self.elsewhere = _look_up({ref for ref in _references(speaking) if ref not in self.known_as})
        self.recorded = self._read_recorded(speaking)
        self.stated = self._read_stated(speaking)
        while not self.forgiving and (refused := self._refuse(speaking)):
            # A refused new actor may have been the other end of a row that was fine so far.
            speaking = [entry for entry in speaking if entry not in refused]
            self.stated = self._read_stated(speaking)
        self._remove(speaking)
        self._add_and_update()

    def _refuse(self, speaking: list[Entry]) -> list[Entry]:
        replacing = {entry.node for entry in speaking if entry.replaces_relations}
        refused = []
        for entry in speaking:
            objections = [why for link in entry.links if (why := self._objection(entry, link, replacing))]
            if objections:
                self.plan.refuse(entry, *(("relations", value, why) for value, why in objections))
                refused.append(entry)
        return refused

    def _objection(self, entry: Entry, link: Link, replacing: set[int]) -> tuple[str, str] | None:
        relation = self._resolved(entry, link)
        name = f"{link.kind}>{link.target.value}"
        if relation is None:
            other = self.known_as.get(link.target)
            if other and other.outcome is Outcome.POSSIBLE:
                return name, _("Row %(row)s is not decided yet.") % {"row": other.row}
            return name, _("No actor has the address “%(slug)s”.") % {"slug": link.target.value}
        if relation.source == relation.target:
            return name, _("An actor has no relation to itself.")
        first = self.stated[relation.key]
        recorded = self.recorded.get(relation.key)
        stays = recorded and recorded.source not in replacing
        if not first.says(relation) or (stays and not recorded.says(relation)):
            return name, _("This relation is already recorded, seen from the other side.")
        return None

    # ---------- what there is ----------
    def _resolved(self, entry: Entry, link: Link) -> Recorded | None:
        ends = [entry.node if end is None else self._node(end) for end in (link.source, link.target)]
        return None if None in ends else Recorded(*ends, link.kind, link.values, entry=entry)

    def _node(self, reference: Reference) -> int | None:
        entry = self.known_as.get(reference)
        if entry is None:
            return self.elsewhere.get(reference)
        return entry.node if entry.pk or entry.outcome is Outcome.NEW else None

    def _read_stated(self, speaking: list[Entry]) -> dict[tuple, Recorded]:
        stated: dict[tuple, Recorded] = {}
        for entry in speaking:
            for link in entry.links:
                relation = self._resolved(entry, link)
                if relation and relation.source != relation.target:
                    stated.setdefault(relation.key, relation)
        return stated

    def _read_recorded(self, speaking: list[Entry]) -> dict[tuple, Recorded]:
        ends = {entry.pk for entry in speaking} | set(self.elsewhere.values())
        ends |= {entry.pk for ref in _references(speaking) if (entry := self.known_as.get(ref))}
        found = {}
        for some in _chunks(sorted(ends - {None})):
            rows = ActorRelation.objects.filter(source__in=some).order_by("pk")
            for source, target, kind, pk, *values in rows.values_list(
                "source_id", "target_id", "kind", "pk", *VALUES
            ):
                relation = Recorded(source, target, kind, dict(zip(VALUES, values, strict=True)), pk)
                found[relation.key] = relation
        return found

    # ---------- what becomes of it ----------
    def _remove(self, speaking: list[Entry]) -> None:
        replacing = {entry.node: entry for entry in speaking if entry.replaces_relations}
        for key, recorded in self.recorded.items():
            entry, stated = replacing.get(recorded.source), self.stated.get(key)
            if entry and not (stated and recorded.says(stated)):
                self.plan.relations.remove.append(recorded.pk)
                self._mark(entry, recorded, before=recorded.values, after=None)

    def _add_and_update(self) -> None:
        for key, relation in self.stated.items():
            recorded = self.recorded.get(key)
            if recorded is None or not (self.forgiving or recorded.says(relation)):
                self.plan.relations.add.append(
                    (relation.source, relation.target, relation.kind, relation.values)
                )
                self._mark(relation.entry, relation, before=None, after=relation.values)
            elif not self.forgiving and not _same(relation.values, recorded.values):
                self.plan.relations.update.append((recorded.pk, relation.values))
                after = recorded.values | relation.values
                self._mark(relation.entry, relation, before=recorded.values, after=after)

    def _mark(self, entry: Entry, relation: Recorded, *, before: dict | None, after: dict | None) -> None:
        if entry.outcome is Outcome.UNCHANGED:
            entry.outcome = Outcome.CHANGED
        other = relation.target if relation.source == entry.node else relation.source
        self.plan.relations.lines.append(RelationLine(entry.row, relation.kind, other, before, after))


def _same(values: dict, recorded: dict) -> bool:
    return all(is_same(value, recorded[name]) for name, value in values.items())


def _references(entries: Iterable[Entry]) -> Iterator[Reference]:
    for entry in entries:
        for link in entry.links:
            yield from (end for end in (link.source, link.target) if end)


def _look_up(references: set[Reference]) -> dict[Reference, int]:
    """The actors of the registry behind the references, old addresses included."""
    found: dict[Reference, int] = {}
    for some in _chunks(sorted(references)):
        values = [reference.value for reference in some]
        for model, name in ((FormerSlug, "actor_id"), (Actor, "pk")):
            rows = model.objects.filter(slug__in=values).values_list("slug", name)
            found |= {Reference("slug", slug): pk for slug, pk in rows}
        rows = Identifier.objects.filter(value__in=values).values_list("scheme", "value", "actor_id")
        found |= {Reference(scheme, value): pk for scheme, value, pk in rows}
    return {reference: pk for reference, pk in found.items() if reference in references}


def _chunks(values: Iterable) -> Iterator[list]:
    values = iter(values)
    while chunk := list(islice(values, CHUNK)):
        yield chunk
