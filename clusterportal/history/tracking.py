"""`@tracked`: every insert, update and delete of a model is kept by database triggers, whoever writes."""

from collections.abc import Collection, Sequence
from functools import partial

import pghistory
from django.db import models

# Columns that follow from others or from the clock: a change of these alone is no change of the record.
_DERIVED = {"updated_at"}
_UNTRACKED = {"public_updated_at"}  # follows from what is tracked


def tracked(model=None, *, indexes: Sequence[models.Index] = (), without: Collection[str] = ()):
    """Class decorator: keep the model's history in an append-only event table beside it (`<model>event`).

    `indexes`: further ones of that table; `without`: fields of which no history is kept, such as secrets.
    """
    if model is None:
        return partial(tracked, indexes=indexes, without=without)
    kept = (
        {trigger.name.removeprefix("gather_") for trigger in model._meta.triggers} | _UNTRACKED | {*without}
    )
    generated = [field.name for field in model._meta.local_fields if field.generated or field.name in kept]
    ignored = [*generated, *(f.name for f in model._meta.fields if f.name in _DERIVED)]
    return pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(condition=pghistory.AnyChange(exclude=ignored)),
        pghistory.DeleteEvent(),
        exclude=generated,
        append_only=True,
        meta={
            "verbose_name": model._meta.verbose_name,
            # Latest changes of everything first.
            "indexes": [models.Index(fields=["pgh_created_at", "pgh_id"]), *indexes],
        },
    )(model)
