"""Who holds the words that very many hold: counted beforehand, so that a search need not read them all each time."""

from django.db import models


class FrequentWord(models.Model):
    """The public actors that a word finds, as of `snapshot`; made by `domain/frequent_words.py`.

    `holders` has a bit for each key (`core/keys.py`). What has been written since then is known from the notes
    (`ActorTouch`) and looked up anew by every search, so that none is ever of the past. A migration that writes
    documents past their trigger has to empty this table.
    """

    is_left_out_of_backups = True  # transactions of this server

    query = models.TextField(primary_key=True, db_collation="C")  # the tsquery of the word
    snapshot = models.TextField()  # pg_snapshot, from before the holders were read
    holders = models.BinaryField()

    def __str__(self) -> str:
        return self.query
