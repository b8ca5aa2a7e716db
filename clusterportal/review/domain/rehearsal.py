"""What a save would make of a record, found out by doing it and taking it back.

An editor's save of a published actor becomes a proposal. What the form would write is known only by the form, its parts
and the database; so it is done for once, and looked at, instead of being worked out a second time.
"""

from collections.abc import Callable
from typing import TypeVar

from django.db import transaction

Answer = TypeVar("Answer")


class Rehearsed(Exception):
    """Raised when the save has written everything; carries the record as it is then."""

    def __init__(self, record: dict):
        super().__init__("what was saved is taken back")
        self.record = record


def rehearse(save: Callable[[], Answer]) -> tuple[dict | None, Answer | None]:
    """The record that `save` would leave behind, and None; or None, and what `save` answered instead of saving.

    1. A savepoint is set, and `save` writes as ever.
    2. Where it would say that all is saved, it raises Rehearsed with the record.
    3. The exception leaves the savepoint, which takes back all that was written.
    4. The record is returned. A `save` that returns has refused, for example with a page that names mistakes.
    """
    try:
        with transaction.atomic():
            return None, save()
    except Rehearsed as done:
        return done.record, None
