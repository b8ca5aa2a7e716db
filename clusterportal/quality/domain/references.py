"""Records of other rooms that refer to an actor: their foreign keys are repointed when it is merged."""

from typing import cast

from django.apps import apps
from django.db.models import Model

from actors.models import Actor, ActorRelation, FormerSlug, FormerUid, SearchDocument, SearchNames
from clusterportal.history import repointing
from clusterportal.quality.domain.merged_parts import MERGED_PARTS
from clusterportal.quality.models import DuplicatePair, LinkCheck, Merge, Reminder

_MOVED_ELSEWHERE = {ActorRelation, FormerSlug, FormerUid, DuplicatePair, Merge}
_NOT_MOVED = {LinkCheck, Reminder, SearchDocument, SearchNames}


def repoint(*, kept: Actor, merged: Actor) -> dict[str, list]:
    """Point every other record that refers to `merged` to `kept`; where that violates a constraint, it stays behind.

    Returns the keys of what moved by `app.model.field`, for `point_back`.
    """
    parts = (Actor._meta.get_field(part.accessor).related_model for part in MERGED_PARTS)
    without = {*_MOVED_ELSEWHERE, *_NOT_MOVED, *parts}
    moved = {
        f"{column.model._meta.label_lower}.{column.name}": repointing.repoint(
            column, kept=kept, merged=merged
        )
        for column in repointing.references_to(Actor, without=cast(set[type[Model]], without))
    }
    return {name: keys for name, keys in moved.items() if keys}


def point_back(moved: dict[str, list], *, kept: Actor, restored: Actor) -> None:
    """Point the moved records back to the restored actor, unless somebody has pointed them elsewhere since."""
    for name, keys in moved.items():
        label, _dot, column = name.rpartition(".")
        model = apps.get_model(label)
        model._base_manager.filter(pk__in=keys, **{column: kept}).update(**{column: restored})
