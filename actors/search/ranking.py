"""The order of what a search finds, best match first; the same whether it finds 30 or 30,000.

Called so; usual name begins so; full name begins so; a name holds it; then what the actor works on, its place, its
texts. Of those called so, those come first who are to the letter, accents and all; of names that begin so, those with
fewer words, of these the shorter ones; of names that hold it, the more similar ones; of all others, those where
weightier words answer; then by name. Where words spelt nearly so were found, a name from which the text lacks a letter
or has two swapped comes right after those called so.

One statement. A page costs what its classes cost: similarity and weights are computed only where the classes before
do not fill it.
"""

from array import array

import numpy as np

from actors.models import Actor
from actors.search.engine import SearchResult
from clusterportal.core.replica import reader

_NO_END = 2**31 - 1
# Added to the weight (0 to 1) of who holds whole words: "Kran" means a crane before a Krankenhaus.
_WHOLE = 0.1
_RANKED = """
WITH hit (id) AS MATERIALIZED (SELECT unnest(%(keys)s::bigint[])),
first (id, class, score) AS MATERIALIZED (
    SELECT actor.id, CASE
        WHEN lower(%(text)s) IN (lower(name), lower(short_name)) THEN 0
        WHEN registry_fold(%(text)s) IN (sort_key, name_key)
            OR EXISTS (SELECT FROM actors_actoralias WHERE actor_id = actor.id AND key = registry_fold(%(text)s)) THEN 1
        ELSE 2 END, EXISTS (
            SELECT FROM actors_actoralias alias WHERE actor_id = actor.id AND lower(alias.name) = lower(%(text)s)
        )::int
    FROM hit JOIN actors_searchnames ON actor_id = hit.id JOIN actors_actor actor ON actor.id = actor_id
    WHERE names @> ARRAY[registry_spelling(%(text)s)]
    UNION ALL SELECT id, 4, -1000 * cardinality(string_to_array(sort_key, ' ')) - length(sort_key)
    FROM hit JOIN actors_actor USING (id) WHERE {scope} AND sort_key LIKE registry_fold(%(beginning)s) || '%%'
    UNION ALL SELECT id, 5, -1000 * cardinality(string_to_array(name_key, ' ')) - length(name_key)
    FROM hit JOIN actors_actor USING (id) WHERE {scope} AND name_key LIKE registry_fold(%(beginning)s) || '%%'
), held (id, class, score) AS MATERIALIZED (
    SELECT actor_id, CASE WHEN %(is_guess)s AND is_slip THEN 3 ELSE 6 END, similarity
    FROM hit JOIN actors_searchnames ON actor_id = id, LATERAL (
        SELECT bool_or(registry_is_slip(asked, name)) AS is_slip, max(similarity(name, asked)
            + CASE WHEN registry_is_slip(asked, name) THEN 0.4
                WHEN cardinality(string_to_array(name, ' ')) = cardinality(string_to_array(asked, ' ')) + 1
                    AND string_to_array(name, ' ') @> string_to_array(asked, ' ') THEN 0.2
                ELSE 0 END
            + CASE name WHEN names[1] THEN 0.15 ELSE 0 END) AS similarity
        FROM (SELECT registry_spelling(%(text)s)) question (asked), unnest(names) name
    ) closest
    WHERE (%(is_guess)s OR (SELECT count(DISTINCT id) FROM first) < %(stop)s) AND vector @@ %(query)s::tsquery
), named (id) AS MATERIALIZED (
    SELECT id FROM first UNION SELECT id FROM held
), other (id, class, score) AS (
    SELECT id, 7, ts_rank(vector, %(query)s::tsquery, 32) -- bounded, so that twenty times in a text outdoes no topic
        + CASE WHEN vector @@ %(whole)s::tsquery THEN {whole} ELSE 0 END
    FROM hit JOIN actors_searchdocument ON actor_id = id
    WHERE (SELECT count(*) FROM named) < %(stop)s AND id NOT IN (SELECT id FROM named)
)
SELECT id FROM (
    SELECT DISTINCT ON (id) id, class, score FROM (
        SELECT * FROM first UNION ALL SELECT * FROM held UNION ALL SELECT * FROM other
    ) every ORDER BY id, class
) ranked JOIN actors_actor actor USING (id)
ORDER BY class, score DESC, actor.sort_key, id LIMIT %(stop)s - %(start)s OFFSET %(start)s
"""


def best_first(result: SearchResult, keys: array | np.ndarray, wanted: slice = slice(None)) -> list[int]:
    """The part `wanted` of `keys` (all or some of those found) in the order of how well they answer."""
    if not (text := result.question.wanted):  # something is only left out
        named = Actor.objects.with_keys(keys.tolist()).by_name()
        return list(named.values_list("pk", flat=True)[wanted])
    if result.is_ranked:
        selected = set(keys.tolist())
        return [key for key in result.keys if key in selected][wanted]
    start, stop = wanted.start or 0, _NO_END if wanted.stop is None else wanted.stop
    values = {
        "keys": keys.tolist(),
        "text": text,
        "beginning": text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_"),
        "query": result.query,
        "whole": result.query.replace(":*", ""),
        "is_guess": result.is_guess,
        "start": start,
        "stop": stop,
    }
    sql = _RANKED.format(whole=_WHOLE, scope="registry_is_public(state)" if result.is_public else "true")
    with reader().cursor() as cursor:
        cursor.execute(sql, values)
        return [key for (key,) in cursor]
