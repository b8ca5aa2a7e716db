"""The words that search guesses from: those in use."""

from django.db import connection

# One of each that some document holds. All documents are read once, 3 s for 100,000; asking for each word took minutes.
_FORGET = """
WITH used AS MATERIALIZED (SELECT word FROM ts_stat('SELECT vector FROM actors_searchdocument')),
known AS (SELECT word, min(id) AS first FROM actors_searchword GROUP BY word)
DELETE FROM actors_searchword WHERE id NOT IN (SELECT first FROM known JOIN used USING (word))
"""


def forget_unused_words() -> int:
    """Forget the words that no document holds any more, and what is known twice; how many that were.

    Nobody waits for it: a word that comes back into use in this very moment is found, but guessed only when its actor
    has been saved once more.
    """
    with connection.cursor() as cursor:
        cursor.execute(_FORGET)
        return cursor.rowcount
