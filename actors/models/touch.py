"""Which actors a transaction has written: what a list held in memory must read again."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class ActorTouch(models.Model):
    """Actors written by one statement, themselves or their parts; kept by trigger (`facets/sql/note_actors.sql`).

    `transaction` is PostgreSQL's 64-bit transaction id, so that a reader who knows the snapshot of its last reading
    finds exactly what has become visible since. Without `actors` the statement may have touched all of them. Rows of
    long ago are removed along the way.
    """

    is_left_out_of_backups = True  # transactions of this server

    transaction = models.BigIntegerField(db_index=True)
    actors = ArrayField(models.BigIntegerField(), null=True)

    def __str__(self) -> str:
        return str(self.transaction)
