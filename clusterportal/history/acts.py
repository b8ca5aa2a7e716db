"""An act: what belongs together because one person did it at once. All changes of it carry one number."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import pghistory
from django.db import connection


@contextmanager
def act(label: str, *, by=None, **about) -> Iterator[UUID]:
    """Everything written inside carries the id that this yields, and with it can be taken back (`undo`).

    `by`: the acting person, where no request says it already; `about`: what else the history shall say.
    Inside a request the act is the request itself.
    """
    about = {name: str(value) for name, value in about.items()}
    about |= {"user": by.pk, "username": by.get_username()} if by is not None and by.pk else {}
    with pghistory.context(act=label, **about) as context:
        yield context.id
    if connection.in_atomic_block and not connection.needs_rollback:
        # The number is a setting of the transaction: what it writes afterwards is no part of the act.
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('pghistory.context_id', '', true)")
