"""Bringing a version of a record back. The triggers record that too: it can be undone in the same way."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from clusterportal.core.publication import PublicationState
from clusterportal.history.changes import (
    DELETE,
    Change,
    event_models,
    may_see,
    owner_of,
    read_one,
    tracked_model,
)
from clusterportal.history.foreign_keys import foreign_keys


class CannotRestore(Exception):
    """The version does not fit into the registry any more; the message says why."""


_rules: dict[str, Callable] = {}
_record_rules: dict[str, Callable] = {}


def restore_only_if(model: type[models.Model], rule: Callable) -> None:
    """Let nobody bring back versions of `model` for whom `rule(user)` is false."""
    _rules[model._meta.label_lower] = rule


def restore_record_only_if(model: type[models.Model], rule: Callable) -> None:
    """Let nobody bring back a version for whom `rule(user, row, current)` is false.

    `row` is the version, `current` the record as it stands now, None where it is gone: whoever may read how a record
    was need not be the one whose record it is.
    """
    _record_rules[model._meta.label_lower] = rule


def can_restore(user, model: type[models.Model]) -> bool:
    """May `user` bring back versions of `model`? Those who may change its records and read its history."""
    owner, rule = owner_of(model), _rules.get(model._meta.label_lower)
    may_change = user.has_perm(f"{owner._meta.app_label}.change_{owner._meta.model_name}")
    return may_see(user, model) and may_change and (rule is None or rule(user))


def can_restore_version(user, change: Change) -> bool:
    """May `user` bring back this very version? Asks for the record too, so one query or more."""
    return can_restore(user, change.model) and _is_theirs(user, change, _base(change).first())


@transaction.atomic
def restore(change: Change, *, by) -> models.Model:
    """Make the record what it was after `change`, or before it when the change deleted it.

    The publication state stays as it is, and a deleted record comes back as a draft: only moves publish.
    What went together with a deleted record comes back together with it.
    """
    model = change.model
    if not can_restore(by, model) or read_one(change.kind, change.event_id, user=by) is None:
        raise PermissionDenied
    current = _base(change).select_for_update().first()
    if not _is_theirs(by, change, current):
        raise PermissionDenied
    if current is not None:
        return _rewrite(current, change.row)
    restored = _insert(model, change.row)
    if change.operation == DELETE:
        _insert_what_went_with(restored, change.at)
    return restored


def restored_columns(model: type[models.Model]) -> list[models.Field]:
    """The columns of a record that a restored version replaces."""
    return [
        f
        for f in model._meta.concrete_fields
        if f.editable and not (f.primary_key or f.generated or _is_state(f))
    ]


def _base(change: Change) -> models.QuerySet:
    return change.model._base_manager.filter(pk=change.pk)


def _is_theirs(user, change: Change, current: models.Model | None) -> bool:
    rule = _record_rules.get(change.kind)
    return rule is None or rule(user, change.row, current)


def _is_state(column: models.Field) -> bool:
    return column.choices is not None and list(column.choices) == PublicationState.choices


def _rewrite(record: models.Model, row: dict) -> models.Model:
    columns = [column for column in restored_columns(type(record)) if column.attname in row]
    for column in columns:
        setattr(record, column.attname, column.to_python(row[column.attname]))
    _check(record)
    record.save(update_fields=[column.name for column in columns])
    return record


def _insert(model: type[models.Model], row: dict) -> models.Model:
    columns = [f for f in model._meta.concrete_fields if f.attname in row and not f.generated]
    values = {f.attname: f.get_default() if _is_state(f) else f.to_python(row[f.attname]) for f in columns}
    record = model(**values)
    _check(record)
    record.save(force_insert=True)
    return record


def _check(record: models.Model) -> None:
    for column in foreign_keys(type(record)):
        if (target := getattr(record, column.attname)) is None:
            continue
        # Foreign keys are checked at commit only, too late for a word to the reader.
        if not column.related_model._base_manager.filter(pk=target).exists():
            text = _("“%(field)s” points to a record that is no longer there.")
            raise CannotRestore(text % {"field": column.verbose_name})
    try:
        record.clean()
        record.validate_unique()
        record.validate_constraints()
    except ValidationError as error:
        raise CannotRestore(" ".join(error.messages)) from error


def _insert_what_went_with(record: models.Model, moment) -> None:
    """Bring back what the same transaction deleted because it belonged to `record`."""
    for event_model in event_models().values():
        model = tracked_model(event_model)
        for column in foreign_keys(model):
            if not isinstance(record, column.related_model):
                continue
            if column.remote_field.on_delete is not models.CASCADE:
                continue
            gone: models.QuerySet = models.QuerySet(event_model).filter(
                **{column.attname: record.pk}, pgh_label=DELETE, pgh_created_at=moment
            )
            for event in gone.order_by("pgh_id"):
                _bring_along(model, event, moment)


def _bring_along(model: type[models.Model], event, moment) -> None:
    row = {
        f.attname: getattr(event, f.attname) for f in model._meta.concrete_fields if hasattr(event, f.attname)
    }
    try:
        with transaction.atomic():
            part = _insert(model, row)
    except CannotRestore:
        return  # its other end is gone, or its place is taken: the rest still comes back
    _insert_what_went_with(part, moment)
