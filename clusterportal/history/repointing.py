"""Records that refer to one that becomes part of another: they are pointed to the one that stays."""

from collections.abc import Collection, Iterator

from django.db import IntegrityError, models, transaction
from pghistory.models import Event


def references_to(
    model: type[models.Model], *, without: Collection[type[models.Model]] = ()
) -> Iterator[models.ForeignKey]:
    """The foreign keys to `model` of all tables but histories and those `without`, join tables among them."""
    for relation in model._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ManyToOneRel):  # one-to-one relations are of this kind, too
            continue
        referring = relation.related_model
        if referring not in without and not issubclass(referring, Event):
            yield relation.field


def repoint(column: models.ForeignKey, *, kept: models.Model, merged: models.Model) -> list:
    """Point the records of `column` from `merged` to `kept`; where a constraint forbids it, they stay behind.

    Mostly because `kept` has such a record already: a model with `hand_over_to` then gives that one what would be lost.
    Returns the keys of what moved.
    """
    moved = []
    for row in column.model._base_manager.filter(**{column.name: merged}):
        try:
            with transaction.atomic():
                moved.append(_point(row, column, kept))
        except IntegrityError:
            if hand_over := getattr(row, "hand_over_to", None):
                hand_over(kept)
    return moved


def _point(row: models.Model, column: models.ForeignKey, kept: models.Model):
    setattr(row, column.name, kept)
    if not row._meta.auto_created:
        row.save(update_fields=[column.name])
        return row.pk
    # The history of a join table knows only rows made and deleted.
    type(row)._base_manager.filter(pk=row.pk).delete()
    row.pk = None
    row.save(force_insert=True)
    return row.pk
