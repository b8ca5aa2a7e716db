"""Reading many records as they are at one moment."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def seeing_one_moment(*, is_read_only: bool = False) -> Iterator[None]:
    """A transaction all of whose questions are answered as of its first one (REPEATABLE READ).

    Within another transaction, as tests have, it sees what that one sees.
    """
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost:
            access = "READ ONLY" if is_read_only else "READ WRITE"
            with connection.cursor() as cursor:
                cursor.execute(f"SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, {access}")
        yield
