"""Taking back an act as a whole: an import, a merge, anything that was written under one number.

What nobody has touched since goes back to what it was before the act. What was edited since stays as it is now,
and is named.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from clusterportal.history.acts import act, sentences, words_of
from clusterportal.history.changes import Source, read
from clusterportal.history.net_changes import NetChange, chunks, net_changes_of
from clusterportal.history.undo_references import (
    links,
    missing_targets,
    parents_first,
    reference_names,
    tracked_references,
)
from clusterportal.history.undo_rights import context_of, refusals
from clusterportal.history.undo_writes import plain, writes
from clusterportal.history.wording import label_of_kind

MOST_NAMED = 200  # records that a report names; their number is always given


@dataclass(frozen=True)
class NotUndone:
    """A record that was not taken back, and why: who edited it since, or what stands in the way."""

    kind_label: str
    title: str
    reason: str
    person: str = ""
    at: datetime | None = None
    columns: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Undone:
    """`kept` names at most MOST_NAMED of the `kept_count` records that were left as they are."""

    restored: int
    kept: list[NotUndone]
    kept_count: int


def edited_since(act_id: UUID) -> Undone:
    """What `undo` would take back and what it would keep, found out without writing anything."""
    return _Undoing(act_id).look()


def foresee(act_id: UUID, *, by) -> Undone:
    """The same of `take_back`. Raises PermissionDenied."""
    return _Undoing(act_id, by=by).look()


@transaction.atomic
def take_back(act_id: UUID, *, by) -> Undone:
    """Take back any act, as far as `by` may: the person whose act it was, or one who may edit all its records.

    Records that they may not edit (any more) stay and are named. Raises PermissionDenied.
    """
    with act("undo", by=by, says=_what_is_taken_back(act_id), undoes=act_id):
        return _Undoing(act_id, by=by).run()


@transaction.atomic
def undo(act_id: UUID, *, by) -> Undone:
    """Take back everything that the act wrote and nobody has edited since, in one transaction.

    The caller has checked that `by` may. Records come back exactly as they were, publication state and key
    included; only `updated_at` says that something happened.
    """
    with act("undo", by=by, undoes=act_id):
        return _Undoing(act_id).run()


def _what_is_taken_back(act_id: UUID) -> dict[str, str]:
    context = context_of(act_id)
    if not words_of(context):
        return {}
    return sentences(lambda: _("Taken back: %(act)s") % {"act": words_of(context)})


class _Undoing:
    def __init__(self, act_id: UUID, *, by=None):
        """`by`: whose rights count; without, the caller has asked already."""
        self.changes = net_changes_of(act_id)
        self.refused = refusals(by, act_id, self.changes) if by is not None else {}
        self.later: dict[type[models.Model], set[int]] = defaultdict(set)  # events of those who came later
        self.blocked: list[tuple[type[models.Model], object, str]] = []
        self.kept: set[tuple[type[models.Model], object]] = set()
        self.restored = 0
        # What found no place, or not what it belongs to, until the others are back; then None.
        self.aside: dict[type[models.Model], list[NetChange]] | None = defaultdict(list)
        for (model, pk), reason in self.refused.items():
            self._keep(model, self.changes[model][pk], reason)

    def look(self) -> Undone:
        self._find_what_is_in_use()
        for model, changes in self.changes.items():
            self.restored += len(self._gone(model))
            self.restored += sum(1 for t in changes.values() if self._is_doomed(model, t))
            self.restored += sum(
                len(some) for some in self._put_back_all(model, self._changed(model)).values()
            )
        return self._outcome()

    def run(self) -> Undone:
        self._find_what_is_in_use()
        order = parents_first(self.changes)
        for model in reversed(order):
            self._delete(model)
        for model in order:
            self._insert(model, self._gone(model))
        for model in order:
            self._update(model, self._changed(model))
        aside, self.aside = self.aside or {}, None
        for model in order:
            self._insert(model, [change for change in aside.get(model, ()) if change.is_deleted])
        for model in order:
            self._update(model, [change for change in aside.get(model, ()) if change.is_there])
        return self._outcome()

    def _outcome(self) -> Undone:
        count = len(self.blocked) + sum(len(events) for events in self.later.values())
        return Undone(self.restored, self._named(), count)

    # ---------- what stays ----------
    def _find_what_is_in_use(self) -> None:
        """A record that the act created stays when it, or something that belongs to it, was edited since."""
        created = {
            model: {pk for pk, change in changes.items() if change.is_created}
            for model, changes in self.changes.items()
        }
        staying = {
            model: {pk for pk in pks if self.changes[model][pk].later or (model, pk) in self.refused}
            for model, pks in created.items()
        }
        in_use = {(model, pk) for model, pks in staying.items() for pk in pks}
        for child, column in tracked_references():
            parents = created.get(column.related_model)
            if not parents or column.remote_field.on_delete is not models.CASCADE:
                continue
            for pk, parent in links(child, column, parents):
                change = self.changes.get(child, {}).get(pk)
                is_refused = (child, pk) in self.refused
                if change is None or not change.is_created or change.later or is_refused:
                    staying[column.related_model].add(parent)
                    in_use.add((column.related_model, parent))
        for model in parents_first(self.changes):  # what belongs to something that stays, stays with it
            for child, column in tracked_references():
                if column.related_model is model and staying.get(model) and child in created:
                    belonging = {pk for pk, _parent in links(child, column, staying[model])}
                    staying[child] |= belonging & created[child]
        for model, pk in in_use - self.kept:
            self._keep(model, self.changes[model][pk], _("Something that belongs to it was edited since."))
        self.kept |= {(model, pk) for model, pks in staying.items() for pk in pks}

    def _keep(self, model, change: NetChange, reason: str) -> None:
        """Leave the record as it is and name it: by the edit that came later, else by `reason`."""
        if (model, change.pk) in self.kept:
            return
        self.kept.add((model, change.pk))
        if change.later and (model, change.pk) not in self.refused:
            self.later[model].add(change.later)
        else:
            self.blocked.append((model, change.pk, reason))

    def _set_aside(self, model, change: NetChange, reason: str) -> None:
        """Try again once the others are back; after that, `_keep` it."""
        if self.aside is None:
            self._keep(model, change, reason)
        else:
            self.aside[model].append(change)

    # ---------- what goes back ----------
    def _is_doomed(self, model, change: NetChange) -> bool:
        return change.is_created and (model, change.pk) not in self.kept

    def _delete(self, model) -> None:
        doomed = [change.pk for change in self.changes[model].values() if self._is_doomed(model, change)]
        for some in chunks(doomed):
            model._base_manager.filter(pk__in=some).delete()
        self.restored += len(doomed)

    def _gone(self, model) -> list[NetChange]:
        return [t for t in self.changes[model].values() if t.is_deleted and (model, t.pk) not in self.kept]

    def _changed(self, model) -> list[NetChange]:
        there = [t for t in self.changes[model].values() if t.is_there and t.was_there]
        return [t for t in there if t.changed and (model, t.pk) not in self.refused]

    def _insert(self, model, gone: list[NetChange]) -> None:
        for some in chunks(gone):
            records = []
            for change in some:
                if change.before is None:
                    self._keep(model, change, _("It belongs to a record that is no longer there."))
                else:
                    records.append((change, model(**change.before)))
            records = self._with_targets(model, records, reference_names(model))
            self._write(model, records, lambda some: model._base_manager.bulk_create(some))

    def _with_targets(self, model, records: list, names: Iterable[str]) -> list:
        """The records but for those whose columns `names` led to what is not there; they are set aside."""
        missing = missing_targets(model, [change.before for change, _record in records], names)
        found = []
        for change, record in records:
            if any((name, change.before[name]) in missing for name in names):
                self._set_aside(model, change, _("It belongs to a record that is no longer there."))
            else:
                found.append((change, record))
        return found

    def _update(self, model, changed: list[NetChange]) -> None:
        put_back = self._put_back_all(model, changed)
        # What is let go first: of a unique mark, another takes its place.
        for is_set, names in sorted(put_back):
            for some in chunks(put_back[is_set, names]):
                records = self._with_targets(model, some, names)
                for alike, write in writes(model, names, records):
                    self._write(model, alike, write)

    def _put_back_all(self, model, changed: list[NetChange]) -> dict[tuple[bool, tuple[str, ...]], list]:
        """Records that were there before and after the act, with the old values set.

        By the columns set, and whether one of them is a mark that is set again.
        """
        by_columns = defaultdict(list)
        for some in chunks(changed):
            current = model._base_manager.in_bulk([change.pk for change in some])
            for change in some:
                record = current.get(change.pk)
                if names := self._put_back(model, change, record):
                    is_set = any(change.changed[name] is True for name in names)
                    by_columns[is_set, names].append((change, record))
        return by_columns

    def _put_back(self, model, change: NetChange, record) -> tuple[str, ...]:
        """Sets the columns that still are what the act made of them as they were before; names them."""
        if record is None:
            self._keep(model, change, _("It was deleted since."))
            return ()
        before, after = change.changed, change.after or {}
        names = tuple(sorted(n for n in before if plain(getattr(record, n)) == plain(after[n])))
        if len(names) < len(before):
            self._keep(model, change, _("It was edited since."))
        for name in names:
            setattr(record, name, before[name])
        return names

    def _write(self, model, records: list, write) -> None:
        """All at once; where the registry has no room for one of them any more, by halves."""
        if not records:
            return
        try:
            with transaction.atomic():
                write([record for _trace, record in records])
        except IntegrityError:
            if len(records) > 1:
                middle = len(records) // 2
                self._write(model, records[:middle], write)
                self._write(model, records[middle:], write)
            else:
                self._set_aside(model, records[0][0], _("Its place is taken by another record."))
        else:
            self.restored += len(records)

    # ---------- in words ----------
    def _named(self) -> list[NotUndone]:
        sources = [Source(model, Q(pgh_id__in=events)) for model, events in self.later.items()]
        named = [
            NotUndone(
                change.kind_label,
                change.title,
                _("It was edited since."),
                change.person,
                change.at,
                [difference.label for difference in change.differences],
            )
            for change in read(sources, limit=MOST_NAMED)
        ]
        for model, pk, reason in self.blocked[: MOST_NAMED - len(named)]:
            record = model._base_manager.filter(pk=pk).first()
            named.append(NotUndone(label_of_kind(model), str(record or f"#{pk}"), reason))
        return named
