"""Records of other rooms that refer to an actor: their foreign keys are repointed when it is merged."""

from collections.abc import Iterator

from django.apps import apps
from django.db import IntegrityError, models, transaction
from pghistory.models import Event

from actors.models import Actor, ActorRelation, FormerSlug, FormerUid, SearchDocument, SearchNames
from clusterportal.quality.domain.merged_parts import MERGED_PARTS
from clusterportal.quality.models import DuplicatePair, LinkCheck, Merge, Reminder

_MOVED_ELSEWHERE = {ActorRelation, FormerSlug, FormerUid, DuplicatePair, Merge}
_NOT_MOVED = {LinkCheck, Reminder, SearchDocument, SearchNames}


def repoint(*, kept: Actor, merged: Actor) -> dict[str, list]:
    """Point every other record that refers to `merged` to `kept`; where that violates a constraint, it stays behind.

    Returns the keys of what moved by `app.model.field`, for `point_back`.
    """
    moved: dict[str, list] = {}
    for column in _columns():
        model = column.model
        for row in model._base_manager.filter(**{column.name: merged}):
            setattr(row, column.name, kept)
            try:
                with transaction.atomic():
                    row.save(update_fields=[column.name])
            except IntegrityError:
                continue
            moved.setdefault(f"{model._meta.label_lower}.{column.name}", []).append(row.pk)
    return moved


def point_back(moved: dict[str, list], *, kept: Actor, restored: Actor) -> None:
    """Point the moved records back to the restored actor, unless somebody has pointed them elsewhere since."""
    for name, keys in moved.items():
        label, _dot, column = name.rpartition(".")
        model = apps.get_model(label)
        model._base_manager.filter(pk__in=keys, **{column: kept}).update(**{column: restored})


def _columns() -> Iterator[models.ForeignKey]:
    handled = (
        _MOVED_ELSEWHERE
        | _NOT_MOVED
        | {Actor._meta.get_field(part.accessor).related_model for part in MERGED_PARTS}
    )
    for relation in Actor._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ManyToOneRel):  # one-to-one relations are of this kind, too
            continue
        model = relation.related_model
        if model not in handled and not issubclass(model, Event) and not model._meta.auto_created:
            yield relation.field
