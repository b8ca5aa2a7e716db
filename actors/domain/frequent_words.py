"""The words that very many actors hold, and by whom each is held: what the slowest searches would read anew each time.

Measured with 1,000,000 actors: a word that every fifth holds is answered in 75 to 110 ms without and in 5 ms with this;
850 words take 54 s to read and 17 MB. With 100,000: 14 ms, 2 ms, 9 s and 3 MB.
"""

from django.db import connection, transaction

from actors.models import FrequentWord
from clusterportal.core.keys import keys_of, packed
from clusterportal.core.reading import binary_row

LEAST = 2000  # holders from which a word is a frequent one: 1 ms to read
MOST = 1000  # words
WORN = 500  # changed actors, each of which every search has to look up
# PostgreSQL knows the most common words of all documents; those are meant that find one of them: the word itself, one
# of the same stem, or its beginning.
_WORDS = """
WITH common AS MATERIALIZED (
    SELECT word, share
    FROM pg_stats, unnest(most_common_elems::text::text[], most_common_elem_freqs) AS one (word, share)
    WHERE schemaname = current_schema() AND tablename = 'actors_searchdocument' AND attname = 'vector'
        AND word NOT LIKE '~%%' AND share * (SELECT count(*) FROM actors_searchdocument) >= %(least)s
), beginnings AS (
    SELECT left(word, length) AS word, max(share) AS share FROM common, generate_series(3, length(word)) AS length
    GROUP BY 1
), finders AS (
    SELECT word, share FROM common
    UNION ALL
    SELECT word, share FROM beginnings JOIN actors_searchword USING (word)
    UNION ALL
    SELECT used.word, share FROM actors_searchword used,
        unnest(ts_lexize('german_stem', used.word) || ts_lexize('english_stem', used.word)) AS stem
        JOIN common ON common.word = stem
)
SELECT registry_word_query(word, true)::text FROM finders WHERE length(word) > 2
GROUP BY word ORDER BY max(share) DESC, word LIMIT %(most)s
"""
_STATE = """
SELECT pg_current_snapshot()::text, CASE WHEN seen IS NULL
    THEN (SELECT count(*) FROM actors_searchdocument) >= %s
    ELSE (SELECT is_lost OR cardinality(changed) > %s FROM registry_news(seen)) END
FROM (SELECT min(snapshot)::pg_snapshot AS seen FROM actors_frequentword) known
"""


def keep_frequent_words(*, anew: bool = False) -> int:
    """Read who holds the frequent words, where too much has changed since that was done or `anew`; how many words."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_STATE, [LEAST, WORN])
        snapshot, is_worn = cursor.fetchone()
        if not (anew or is_worn):
            return 0
        cursor.execute("ANALYZE actors_searchdocument (vector)")
        cursor.execute(_WORDS, {"least": LEAST, "most": MOST})
        queries = [query for (query,) in cursor.fetchall()]
        FrequentWord.objects.all().delete()
        for query in queries:
            FrequentWord.objects.create(query=query, snapshot=snapshot, holders=_holders(query))
    return len(queries)


def _holders(query: str) -> bytes:
    found = binary_row("SELECT registry_holders_keys(%s::tsquery) AS keys", [query])["keys"]
    return packed(keys_of(found)).tobytes()
