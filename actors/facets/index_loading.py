"""Reads the facet index from the database: whole once a process, then what has changed.

Triggers note which actors a statement has written (`ActorTouch`), by transaction. A reader that knows the snapshot of
its last reading finds exactly what has become visible since, also from a transaction that began before and ended late.
"""

import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from django.db import connection
from django.db.utils import Error

from actors.facets.definitions import PAIRS
from actors.facets.index import ACTOR, FacetIndex
from clusterportal.history.data_version import current_version

_CHANGES = """
SELECT pg_current_snapshot()::text, pg_relation_filenode('actors_actor')::bigint, changed, is_lost
FROM registry_changes_since(%s::pg_snapshot)
"""
_READ = f"""
WITH actor AS NOT MATERIALIZED (SELECT * FROM actors_actor WHERE registry_is_public(state) AND {{among}}),
related (actor_id, relation_id, kind) AS MATERIALIZED (
    SELECT end_id, pair.id, pair.kind
    FROM (
        SELECT id, kind, source_id AS end_id, target_id AS other_id FROM actors_actorrelation
        UNION ALL SELECT id, kind, target_id, source_id FROM actors_actorrelation
    ) pair JOIN actor ON actor.id = end_id JOIN actors_actor other ON other.id = other_id
    WHERE registry_is_public(other.state)
)
SELECT '{ACTOR}', '', array_agg(id) FROM actor HAVING count(*) > 0
""" + "".join(
    f"UNION ALL SELECT '{name}', value, array_agg(actor_id) FROM ({pairs}) {name} (actor_id, value) GROUP BY value\n"
    for name, pairs in PAIRS.items()
)


@dataclass(frozen=True)
class _Snapshot:
    """An index, and the moment of which it is."""

    index: FacetIndex
    version: str | None  # of the data
    seen: str  # the transactions that were visible
    file: int  # of the table; TRUNCATE makes a new one


_latest: _Snapshot | None = None
_lock = threading.Lock()


def current_index(version: str | None = None) -> FacetIndex:
    """The index as of now, or of the data `version` where that was read a moment ago.

    Inside a transaction, which may have written itself, it is read for this once.
    """
    global _latest
    if connection.in_atomic_block:
        return FacetIndex.of(_rows(), PAIRS)
    version = version or current_version()
    if (latest := _latest) and latest.version == version:
        return latest.index
    with _lock:
        if not _latest or _latest.version != version:
            _latest = _read(_latest, version)
        return _latest.index


def read_ahead() -> None:
    """Read the index before anybody asks. Where the database is away, those who ask are told."""
    with suppress(Error):
        current_index()
    connection.close()


def _read(latest: _Snapshot | None, version: str | None) -> _Snapshot:
    """What has changed since `latest`, or everything where nobody can tell.

    Actors are read after the notes of them: what is written in between is read now, and noted again next time.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CHANGES, [latest.seen if latest else None])
        seen, file, changed, is_lost = cursor.fetchone()
    if not latest or is_lost or file != latest.file:
        index = FacetIndex.of(_rows(), PAIRS)
    elif changed:
        index = latest.index.with_changes(changed, FacetIndex.of(_rows(changed), PAIRS))
    else:
        index = latest.index
    return _Snapshot(index, version, seen, file)


def _rows(changed: list[int] | None = None) -> Iterator[tuple[str, str, list[int]]]:
    """(facet, value, keys of the actors that have it), of all published actors or of those `changed`."""
    with connection.cursor() as cursor:
        if changed is None:
            cursor.execute(_READ.format(among="true"))
        else:
            cursor.execute(_READ.format(among="actors_actor.id = ANY(%s)"), [changed])
        yield from cursor
