"""Records of other rooms that name an actor: whatever they are, they follow it when it is merged."""

from collections.abc import Iterator

from django.apps import apps
from django.db import IntegrityError, models, transaction
from pghistory.models import Event

from actors.models import Actor, ActorRelation, FormerSlug, FormerUid, SearchDocument, SearchNames
from clusterportal.quality.domain.merged_parts import PARTS
from clusterportal.quality.models import DuplicatePair, LinkCheck, Merge, Reminder

_IN_THEIR_OWN_WAY = {ActorRelation, FormerSlug, FormerUid, DuplicatePair, Merge}
_MADE_ANEW = {LinkCheck, Reminder, SearchDocument, SearchNames}


def follow(*, kept: Actor, merged: Actor) -> dict[str, list]:
    """Point everything else that names `merged` to `kept`; where `kept` has the like, it goes with `merged`.

    Returns the keys of what moved by `app.model.field`, for `go_back`.
    """
    moved = {}
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


def go_back(moved: dict[str, list], *, kept: Actor, restored: Actor) -> None:
    """Point what followed, and what nobody pointed elsewhere since, to the restored actor again."""
    for name, keys in moved.items():
        label, _dot, column = name.rpartition(".")
        model = apps.get_model(label)
        model._base_manager.filter(pk__in=keys, **{column: kept}).update(**{column: restored})


def _columns() -> Iterator[models.ForeignKey]:
    handled = (
        _IN_THEIR_OWN_WAY
        | _MADE_ANEW
        | {Actor._meta.get_field(part.accessor).related_model for part in PARTS}
    )
    for relation in Actor._meta.get_fields(include_hidden=True):
        if not (relation.one_to_many or relation.one_to_one) or not relation.auto_created:
            continue
        model = relation.related_model
        if model not in handled and not issubclass(model, Event) and not model._meta.auto_created:
            yield relation.field
