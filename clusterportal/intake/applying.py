"""Writes a plan: one transaction, in batches. Triggers of the database keep history and revision."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Model

from actors.columns.parts import OWN_PARTS, SERVICES, Part
from actors.columns.vocabulary import Vocabulary
from actors.models import Actor, ActorRelation, Service, Topic
from actors.models.search import documents_at_the_end
from applications.models import ApplicationArea
from clusterportal.core.languages import column_names
from clusterportal.history.acts import act
from clusterportal.intake.plan import Entry, Outcome, PartChange, Plan

BATCH = 1000


def apply_plan(
    plan: Plan,
    *,
    by=None,
    label: str = "import",
    on_progress: Callable[[int], None] = lambda rows_done: None,
    **about,
) -> UUID | None:
    """Writes what `plan` says of new and changed rows, all of it or, when anything fails, nothing.

    New entries learn their primary keys. One act of `by`, called `label` in the history; returns its id, with which
    it can be undone. `about` (for example command and file) is kept with it. A plan without changes writes nothing
    at all, not even a revision: None.
    """
    entries = [entry for entry in plan.entries if entry.outcome in (Outcome.NEW, Outcome.CHANGED)]
    if not entries:
        return None
    with transaction.atomic(), act(label, by=by, **about) as act_id, documents_at_the_end():
        _Writer(plan).write(entries, on_progress)
    return act_id


class _Writer:
    def __init__(self, plan: Plan):
        self.plan = plan
        self.vocabulary = Vocabulary()
        self.keys: dict[int, int] = {}  # node of a new actor -> its primary key
        # Given as values, not left to the default of the database (the same moment): Django inserts rows as arrays
        # only where all values are plain, which is faster by half.
        moment = _transaction_moment()
        self.moments = {"created_at": moment, "updated_at": moment}

    def write(self, entries: list[Entry], on_progress) -> None:
        # First what is removed: a relation that changes direction, a main layer that another takes the place of.
        self._remove(entries)
        self._create_topics()
        done = 0
        for batch in _batches(entries):
            self._create([entry for entry in batch if entry.outcome is Outcome.NEW])
            self._update([entry for entry in batch if entry.outcome is Outcome.CHANGED and entry.fields])
            self._write_parts(batch)
            on_progress(done := done + len(batch))
        self._write_relations()

    def _remove(self, entries: list[Entry]) -> None:
        for column, part in OWN_PARTS.items():
            gone = [pk for entry in entries if column in entry.parts for pk in entry.parts[column].remove]
            if gone:
                part.model._default_manager.filter(pk__in=gone).delete()
        if self.plan.relations.remove:
            ActorRelation.objects.filter(pk__in=self.plan.relations.remove).delete()

    def _create_topics(self) -> None:
        """Makes the topics that rows use and nobody has made since the plan."""
        name = column_names("name")[0]
        wanted = self.plan.used_topics
        present = {*Topic.objects.filter(slug__in=wanted).values_list("slug", flat=True)}
        Topic.objects.bulk_create(
            Topic(slug=slug, **{name: text}, **self.moments)
            for slug, text in wanted.items()
            if slug not in present
        )

    def _create(self, entries: list[Entry]) -> None:
        actors = Actor.objects.bulk_create(
            Actor(**entry.fields, **self.moments, public_updated_at=self.moments["updated_at"])
            for entry in entries
        )
        for entry, actor in zip(entries, actors, strict=True):
            self.keys[entry.node] = entry.pk = actor.pk

    def _update(self, entries: list[Entry]) -> None:
        alike: dict[tuple, list[Actor]] = defaultdict(list)
        for entry in entries:
            alike[tuple(sorted(entry.fields))].append(Actor(pk=entry.pk, **entry.fields))
        for names, actors in alike.items():
            Actor.objects.bulk_update(actors, names, batch_size=200)

    # ---------- parts ----------
    def _write_parts(self, entries: list[Entry]) -> None:
        for column, part in OWN_PARTS.items():
            self._write_part(
                part, [(entry, entry.parts[column]) for entry in entries if column in entry.parts]
            )

    def _write_part(self, part: Part, changes: list[tuple[Entry, PartChange]]) -> None:
        fresh = [
            (self._row(part, item, actor_id=self.keys.get(entry.node, entry.pk)), item)
            for entry, change in changes
            for item in change.add
        ]
        changed = [
            (self._row(part, item, pk=pk), item) for _entry, change in changes for pk, item in change.update
        ]
        self._save_changed(part, [row for row, _item in changed])
        part.model._default_manager.bulk_create((row for row, _item in fresh), batch_size=BATCH)
        if part is SERVICES:
            self._set_areas([*fresh, *changed])

    def _row(self, part: Part, item: dict, **keys) -> Model:
        values = {name: item[key] for key, name in part.columns.items()}
        for key, model in part.references.items():
            values[f"{key}_id"] = self.vocabulary.slugs(model)[item[key]] if item[key] else None
        return part.model(**values, **keys, **self.moments)

    def _save_changed(self, part: Part, rows: list[Model]) -> None:
        names = [*part.columns.values(), *part.references]
        # One placement gives the main layer up before another takes it: the database allows only one at any moment.
        for is_main in (False, True):
            some = [row for row in rows if getattr(row, "is_primary", False) is is_main]
            part.model._default_manager.bulk_update(some, names, batch_size=200)

    def _set_areas(self, services: list[tuple[Model, dict]]) -> None:
        areas = self.vocabulary.slugs(ApplicationArea)
        wanted = {(service.pk, areas[slug]) for service, item in services for slug in item["areas"]}
        through = Service.areas.through
        current = through.objects.filter(service__in=[service.pk for service, _item in services])
        present = {
            (service, area): pk
            for pk, service, area in current.values_list("pk", "service_id", "applicationarea_id")
        }
        through.objects.filter(pk__in=[pk for pair, pk in present.items() if pair not in wanted]).delete()
        through.objects.bulk_create(
            through(service_id=service, applicationarea_id=area)
            for service, area in sorted(wanted - present.keys())
        )

    # ---------- relations ----------
    def _write_relations(self) -> None:
        changes = self.plan.relations
        for batch in _batches(changes.add):
            ActorRelation.objects.bulk_create(
                ActorRelation(
                    source_id=self._key(source),
                    target_id=self._key(target),
                    kind=kind,
                    **values,
                    **self.moments,
                )
                for source, target, kind, values in batch
            )
        for pk, values in changes.update:
            ActorRelation.objects.filter(pk=pk).update(**values)

    def _key(self, node: int) -> int:
        return self.keys.get(node, node)


def _transaction_moment() -> datetime:
    """When the transaction began, by the database's clock: what its own `now()` says."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        return cursor.fetchone()[0]


def _batches(values: list) -> Iterator[list]:
    left = iter(values)
    while batch := list(islice(left, BATCH)):
        yield batch
