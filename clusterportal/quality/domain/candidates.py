"""Which actors are worth comparing: found in the database by what they share, all at once."""

from collections.abc import Iterator

from django.db import connection

MOST_SHARING = 5  # actors on one website; more share a host, not an identity
MOST_NAMESAKES = 20  # actors of one name; more have a name that says nothing
MOST_IN_PLACE = 12  # actors of one place that share a word; more share what the place is called

# Blocks are sets of actors that share something; a pair is worth comparing when it is in one block. Two grids
# of cells, shifted by half a cell each way, put any two points within one kilometre into one cell.
_CANDIDATES = r"""
WITH numbers AS MATERIALIZED (
    SELECT actor_id, registry_bare_number(value) AS number FROM actors_identifier
), websites AS MATERIALIZED (
    SELECT id AS actor_id, registry_website_host(website) AS host FROM actors_actor WHERE website <> ''
), names AS MATERIALIZED (
    SELECT id AS actor_id, registry_plain_name(name) AS name FROM actors_actor
    UNION SELECT id, registry_plain_name(short_name) FROM actors_actor WHERE short_name <> ''
    UNION SELECT actor_id, registry_plain_name(name) FROM actors_actoralias
), words AS MATERIALIZED (
    SELECT actor_id, word FROM names, string_to_table(name, ' ') AS word WHERE length(word) > 1
    UNION SELECT actor_id, left(replace(name, ' ', ''), 5) || '*' FROM names
), places AS MATERIALIZED (
    SELECT id AS actor_id, concat('c', country, registry_plain_name(city)) AS place
    FROM actors_actor WHERE city <> ''
    UNION SELECT id, concat('p', country, postcode) FROM actors_actor WHERE postcode <> ''
    UNION SELECT id, concat_ws(':', y, x, floor(latitude / 0.018 + y / 2.0), floor(longitude / 0.04 + x / 2.0))
    FROM actors_actor, generate_series(0, 1) AS y, generate_series(0, 1) AS x WHERE latitude IS NOT NULL
), blocks AS (
    SELECT array_agg(DISTINCT actor_id) AS ids, false AS is_loose FROM numbers
    GROUP BY number HAVING count(DISTINCT actor_id) > 1
    UNION
    SELECT array_agg(actor_id ORDER BY actor_id), false FROM websites
    GROUP BY host HAVING count(*) BETWEEN 2 AND %(most_sharing)s
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
    """
    limits = {
        "most_sharing": MOST_SHARING,
        "most_namesakes": MOST_NAMESAKES,
        "most_in_place": MOST_IN_PLACE,
    }
    with connection.cursor() as cursor:
        cursor.execute(_CANDIDATES, {"actor": actor_id, **limits})
        yield from cursor


def shared_hosts(hosts) -> frozenset[str]:
    """Those of the hosts that too many actors have in common to say anything."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT registry_website_host(website) AS host FROM actors_actor WHERE website <> '' "
            "AND registry_website_host(website) = ANY(%s) GROUP BY host HAVING count(*) > %s",
            [list(hosts), MOST_SHARING],
        )
        return frozenset(host for (host,) in cursor)
