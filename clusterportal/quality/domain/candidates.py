"""Which actors are worth comparing: found in the database by what they share, all at once."""

from collections.abc import Iterator

from django.db import connection

from actors.models import Actor
from clusterportal.intake.identity.description import Description
from clusterportal.intake.identity.registry import descriptions

MOST_SHARING = 5  # actors on one website, telephone or street; more share a host or a house, not an identity
MOST_NAMESAKES = 20  # actors of one name; more have a name that says nothing
MOST_IN_PLACE = 12  # actors of one place that share a word; more share what the place is called

# What the actors are compared by, as `intake.identity` normalises it: the database joins it and folds nothing itself.
# For the transaction at hand.
_KEYS = """
DROP TABLE IF EXISTS quality_key;
CREATE TEMPORARY TABLE quality_key (actor_id bigint, kind text, key text) ON COMMIT DROP;
"""

# Blocks are sets of actors that share something; a pair is worth comparing when it is in one block. Two grids
# of cells, shifted by half a cell each way, put any two points within one kilometre into one cell.
_CANDIDATES = r"""
WITH names AS MATERIALIZED (
    SELECT actor_id, key AS name FROM quality_key WHERE kind = 'name'
), words AS MATERIALIZED (
    SELECT actor_id, word FROM names, string_to_table(name, ' ') AS word WHERE length(word) > 1
    UNION SELECT actor_id, left(replace(name, ' ', ''), 5) || '*' FROM names
), places AS MATERIALIZED (
    SELECT actor_id, key AS place FROM quality_key WHERE kind = 'place'
    UNION SELECT id, concat_ws(':', y, x, floor(latitude / 0.018 + y / 2.0), floor(longitude / 0.04 + x / 2.0))
    FROM actors_actor, generate_series(0, 1) AS y, generate_series(0, 1) AS x WHERE latitude IS NOT NULL
), blocks AS (
    SELECT array_agg(DISTINCT actor_id) AS ids, false AS is_loose FROM quality_key WHERE kind = 'number'
    GROUP BY key HAVING count(DISTINCT actor_id) > 1
    UNION
    SELECT array_agg(DISTINCT actor_id), false FROM quality_key WHERE kind IN ('host', 'phone', 'street')
    GROUP BY kind, key HAVING count(DISTINCT actor_id) BETWEEN 2 AND %(most_sharing)s
    UNION
    SELECT array_agg(DISTINCT actor_id), false FROM names WHERE length(name) > 6
    GROUP BY replace(name, ' ', '') HAVING count(DISTINCT actor_id) BETWEEN 2 AND %(most_namesakes)s
    UNION
    SELECT array_agg(actor_id ORDER BY actor_id), true FROM places JOIN words USING (actor_id)
    WHERE %(actor)s::bigint IS NULL OR place IN (SELECT place FROM places WHERE actor_id = %(actor)s::bigint)
    GROUP BY hashtextextended(place || word, 0) HAVING count(*) BETWEEN 2 AND %(most_in_place)s
), pairs AS MATERIALIZED (
    SELECT first, second, bool_and(is_loose) AS is_loose
    FROM blocks, unnest(ids) AS first, unnest(ids) AS second
    WHERE first < second AND (%(actor)s::bigint IS NULL OR %(actor)s::bigint IN (first, second))
    GROUP BY first, second
)
SELECT first, second FROM pairs WHERE NOT is_loose
UNION ALL
SELECT first, second FROM pairs JOIN names a ON a.actor_id = first JOIN names b ON b.actor_id = second
WHERE is_loose GROUP BY first, second HAVING max(similarity(a.name, b.name)) > 0.55
"""


def candidates(*, actor_id: int | None = None) -> Iterator[tuple[int, int]]:
    """Keys of two actors, the smaller first, that share enough to be compared: all, or those of one actor.

    A word shared in one place is little, so such a pair needs names that resemble each other as well (pg_trgm).
    Needs a transaction, in which the keys that were compared stay until its end (`shared` reads them).
    """
    limits = {
        "most_sharing": MOST_SHARING,
        "most_namesakes": MOST_NAMESAKES,
        "most_in_place": MOST_IN_PLACE,
    }
    everything = descriptions(Actor.objects.all())
    rows = [
        (pk, *key) for pk, one, _title in everything for key in _keys(one)
    ]  # read before the connection is busy
    with connection.cursor() as cursor:
        cursor.execute(_KEYS)
        with cursor.copy("COPY quality_key (actor_id, kind, key) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute("ANALYZE quality_key")
        cursor.execute(_CANDIDATES, {"actor": actor_id, **limits})
        yield from cursor


def shared(kind: str, keys) -> frozenset[str]:
    """Those of the hosts or telephones that too many actors have in common to say anything; after `candidates`."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT key FROM quality_key WHERE kind = %s AND key = ANY(%s) GROUP BY key HAVING count(*) > %s",
            [kind, list(keys), MOST_SHARING],
        )
        return frozenset(key for (key,) in cursor)


def _keys(one: Description) -> Iterator[tuple[str, str]]:
    for key in one.keys:
        yield "name", key
    for number in one.bare_numbers:
        yield "number", number
    if one.host:
        yield "host", one.host
    if one.phone:
        yield "phone", one.phone
    for kind, place in (("p", one.postcode), ("c", one.town)):
        if place:
            yield "place", f"{kind}{one.country}{place}"
            if one.street:
                yield "street", f"{kind}{one.country}{place} {one.street}"
