"""What one act did to each record: how it was before, how it was after, and whether somebody came later."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from django.db import models
from django.db.models import Max, OuterRef, QuerySet, Subquery
from pghistory.models import Event

from clusterportal.history.changes import DELETE, INSERT, event_models, tracked_model

CHUNK = 5000


@dataclass(slots=True)
class NetChange:
    """The events of one record in one act; `before` and `after` are its columns, None where it was not there."""

    pk: object
    first: int
    last: int
    was_there: bool
    is_there: bool
    before: dict | None = None
    after: dict | None = None
    later: int | None = None  # the latest event that came after the act, by another

    @property
    def is_created(self) -> bool:
        return self.is_there and not self.was_there

    @property
    def is_deleted(self) -> bool:
        return self.was_there and not self.is_there

    @property
    def changed(self) -> dict:
        """Columns that the act changed, with the value before; empty unless it was there before and after."""
        if self.before is None or self.after is None:
            return {}
        return {
            name: value
            for name, value in self.before.items()
            if value != self.after[name] and name not in ("updated_at", "created_at")
        }


def net_changes_of(act_id: UUID) -> dict[type[models.Model], dict[object, NetChange]]:
    """Every record that the act wrote, by model and key; a few queries a model, whatever the number of records."""
    found = {}
    for event_model in event_models().values():
        if changes := _read(event_model, act_id):
            found[tracked_model(event_model)] = changes
    return found


def _read(event_model: type[Event], act_id: UUID) -> dict[object, NetChange]:
    key = _key_of(event_model)
    changes: dict[object, NetChange] = {}
    events: QuerySet = QuerySet(event_model).filter(pgh_context=act_id).order_by("pgh_id")
    for pk, event, label in events.values_list(key, "pgh_id", "pgh_label").iterator(CHUNK):
        if change := changes.get(pk):
            change.last, change.is_there = event, label != DELETE
        else:
            changes[pk] = NetChange(pk, event, event, was_there=label != INSERT, is_there=label != DELETE)
    for some in chunks(changes.values()):
        _read_versions(event_model, key, some)
        _read_later(event_model, key, some, act_id)
        _forget_what_came_and_went(
            event_model, [change for change in some if change.later and change.is_created]
        )
    return changes


def _read_versions(event_model: type[Event], key: str, changes: list[NetChange]) -> None:
    """The columns before and after, for records that were there before."""
    known = {change.first: change for change in changes if change.was_there}
    if not known:
        return
    earlier: QuerySet = QuerySet(event_model).filter(**{key: OuterRef(key)}, pgh_id__lt=OuterRef("pgh_id"))
    pairs = dict(
        QuerySet(event_model)
        .filter(pgh_id__in=known)
        .annotate(pgh_earlier=Subquery(earlier.order_by("-pgh_id").values("pgh_id")[:1]))
        .values_list("pgh_id", "pgh_earlier")
    )
    wanted = {*filter(None, pairs.values()), *(change.last for change in known.values())}
    columns = _columns_of(event_model)
    rows = {
        row.pop("pgh_id"): row
        for row in QuerySet(event_model).filter(pgh_id__in=wanted).values("pgh_id", *columns)
    }
    for first, change in known.items():
        # A deletion is recorded with the columns that were there.
        is_plain_deletion = change.first == change.last and change.is_deleted
        change.before = rows[first] if is_plain_deletion else rows.get(pairs[first])
        change.after = rows[change.last] if change.is_there else None


def _read_later(event_model: type[Event], key: str, changes: list[NetChange], act_id: UUID) -> None:
    by_key = {change.pk: change for change in changes}
    later: QuerySet = QuerySet(event_model).filter(**{f"{key}__in": list(by_key)}).exclude(pgh_context=act_id)
    later = later.filter(pgh_id__gt=min(change.last for change in changes))
    for pk, event in later.order_by().values(key).annotate(latest=Max("pgh_id")).values_list(key, "latest"):
        if event > by_key[pk].last:
            by_key[pk].later = event


def _forget_what_came_and_went(event_model: type[Event], changes: list[NetChange]) -> None:
    """A record that looks again as the act had made it was edited by nobody: a later act was taken back."""
    if not changes:
        return
    columns = _columns_of(event_model)
    made = {
        row.pop("pgh_id"): row
        for row in QuerySet(event_model)
        .filter(pgh_id__in=[change.last for change in changes])
        .values("pgh_id", *columns)
    }
    model = tracked_model(event_model)
    now = {
        row[model._meta.pk.attname]: row
        for row in model._base_manager.filter(pk__in=[change.pk for change in changes]).values(*columns)
    }
    for change in changes:
        current = now.get(change.pk)
        if current and all(
            current[name] == made[change.last][name] for name in columns if name != "updated_at"
        ):
            change.later = None


def _columns_of(event_model: type[Event]) -> list[str]:
    """The columns of the tracked model that its events keep."""
    kept = {column.attname for column in event_model._meta.concrete_fields}
    return [
        column.attname
        for column in tracked_model(event_model)._meta.concrete_fields
        if column.attname in kept
    ]


def _key_of(event_model: type[Event]) -> str:
    """The indexed column of the events that says which record they are of."""
    has_object = any(column.name == "pgh_obj" for column in event_model._meta.fields)
    return "pgh_obj_id" if has_object else tracked_model(event_model)._meta.pk.attname


def chunks(values: Iterable) -> Iterator[list]:
    values = iter(values)
    while chunk := list(islice(values, CHUNK)):
        yield chunk
