"""Reading the public roll from the database: everything once, then what has become visible since.

One statement reads snapshot, revision and rows, so that all are of one moment. Notes of written actors (`ActorTouch`)
are found by transaction: those that the last snapshot did not see.

Measured on two busy cores with 100,000 and 1,000,000 actors: whole reading 0.6 s and 6 s, once a process; following a
commit 10 ms and 50 ms; all seven facets 1 to 2 ms and 50 to 70 ms of processor time. Before, one GROUP BY a facet in a
UNION took 190 to 2,000 ms at 100,000. Reading the news and the rows in one statement made the planner scan the table.
"""

import ctypes
import json
import threading
from contextlib import suppress
from dataclasses import dataclass

import numpy as np
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.utils import Error

from actors.facets.index import PAIRS, WORDS, Reading, Roll
from clusterportal.core.keys import keys_of
from clusterportal.core.reading import binary_row
from clusterportal.history.models import revision_stamp

_TABLES = {
    "layer": ("actors_layerplacement", "layer_id"),
    "area": ("actors_applicationfocus", "area_id"),
    # A member that also manages its cluster is one actor of it.
    "cluster": (
        "(SELECT DISTINCT actor_id, cluster_id FROM actors_membership WHERE is_cleared) AS m",
        "cluster_id",
    ),
    "topic": ("actors_actortopic", "topic_id"),
}
_MOMENT = """
pg_current_snapshot()::text AS snapshot, pg_relation_filenode('actors_actor')::bigint AS file,
  COALESCE((SELECT concat(number, '-', xmin) FROM history_revision WHERE id = 1), '-') AS stamp,
  (SELECT array_agg(id ORDER BY id) FROM layers_layer) AS layer_ids"""
_NEWS = f"SELECT {_MOMENT}, changed, is_lost FROM registry_news(%(seen)s::pg_snapshot)"


@dataclass(frozen=True)
class Held:
    """A roll, and the moment of which it is."""

    roll: Roll
    stamp: str  # of the revision
    snapshot: str
    file: int  # of the table; TRUNCATE makes a new one


_held: Held | None = None
_lock = threading.Lock()


def current_roll(stamp: str | None = None) -> Roll:
    """The roll as of now, or of a state whose `stamp` was read a moment ago.

    Inside a transaction, which may have written itself, it is read for this once.
    """
    global _held
    if connection.in_atomic_block:
        return _read_whole().roll
    stamp = stamp or revision_stamp()
    if (held := _held) and held.stamp == stamp:
        return held.roll
    with _lock:
        if not _held or _held.stamp != stamp:
            _held = (_held and _follow(_held)) or _read_whole()
        return _held.roll


def read_ahead() -> None:
    """Read the roll before anybody asks. Where the database is away, those who ask are told."""
    with suppress(Error):
        current_roll()
    connection.close()


def ids_of(actors) -> np.ndarray:
    """The keys of a queryset of actors, in its order, as an array."""
    try:
        sql, parameters = actors.values("pk").query.sql_with_params()
    except EmptyResultSet:  # a condition that nothing can meet
        return np.empty(0, np.int64)
    row = binary_row(
        f"SELECT string_agg(int8send(id), ''::bytea) AS ids FROM ({sql}) AS found (id)", parameters
    )
    return keys_of(row["ids"])


def _read_whole() -> Held:
    row = binary_row(_statement(), None)
    held = Held(Roll().followed_by(_reading(row, [])), row["stamp"], row["snapshot"], row["file"])
    del row
    _give_back()
    return held


def _give_back() -> None:
    """What the reading took and nothing holds any more: the GNU C library keeps it (27 MB of 195) unless asked."""
    with suppress(AttributeError):  # other systems have no such call
        ctypes.CDLL(None).malloc_trim(0)


def _follow(held: Held) -> Held | None:
    """`held` with what has changed since; None when everything must be read.

    The actors are read after the news of them. What is written in between is news again next time.
    """
    news = binary_row(_NEWS, {"seen": held.snapshot})
    if news["is_lost"] or news["file"] != held.file:
        return None
    if held.roll.is_worn or tuple(news["layer_ids"] or ()) != held.roll.layer_ids:
        return None
    roll, changed = held.roll, news["changed"]
    if changed:
        roll = roll.followed_by(_reading(binary_row(_statement(among=True), {"changed": changed}), changed))
    return Held(roll, news["stamp"], news["snapshot"], news["file"])


def _statement(*, among: bool = False) -> str:
    """SQL for the columns of all published actors, or of those `among` the parameter `changed`."""

    def chosen(*columns: str) -> str:
        return " OR ".join(f"{column} = ANY(%(changed)s)" for column in columns) if among else "true"

    def column(sql: str, name: str) -> str:
        return f"string_agg({sql}, ''::bytea) AS {name}"

    words = ", ".join(column(f"int8send(hashtextextended({name}, 0))", name) for name in WORDS)
    spelling = " UNION ALL ".join(
        f"SELECT '{name}', hashtextextended({name}, 0)::text, {name} FROM chosen GROUP BY {name}"
        for name in WORDS
    )
    parts = ", ".join(
        f"(SELECT {column('int8send(actor_id)', f'{name}_actors')}, {column(f'int4send({key}::int)', f'{name}_keys')} "
        f"FROM {table} WHERE {chosen('actor_id')}) AS of_{name}"
        for name, (table, key) in _TABLES.items()
    )
    return f"""
WITH chosen AS MATERIALIZED (
  SELECT id, {", ".join(WORDS)}, founded, (website <> '')::int + 2 * (latitude IS NOT NULL)::int
    + 4 * (logo <> '')::int AS flags
  FROM actors_actor WHERE state = 'published' AND ({chosen("id")}))
SELECT {_MOMENT}, spelling, columns.*,
  {", ".join(f"{name}_actors, {name}_keys" for name in _TABLES)}, sources, targets
FROM (SELECT {column("int8send(id)", "ids")}, {words}, {column("int2send(COALESCE(founded, -1)::int2)", "founded")},
    {column("int2send(flags::int2)", "flags")} FROM chosen) AS columns,
  (SELECT json_agg(json_build_array(of, hash, text))::text AS spelling FROM ({spelling}) AS found (of, hash, text))
    AS spelt, {parts},
  (SELECT {column("int8send(source_id)", "sources")}, {column("int8send(target_id)", "targets")}
    FROM actors_actorrelation WHERE {chosen("source_id", "target_id")}) AS of_relations
"""


def _reading(row: dict, changed: list[int]) -> Reading:
    spelling: dict[str, dict[int, str]] = {name: {} for name in WORDS}
    for name, known, text in json.loads(row["spelling"] or "[]"):
        spelling[name][int(known)] = text
    pairs = {
        name: (
            keys_of(row[f"{name}_actors"]),
            _numbers(row[f"{name}_keys"], ">i4", np.int32),
        )
        for name in _TABLES
    }
    return Reading(
        ids=keys_of(row["ids"]),
        words={name: _numbers(row[name], ">i8", np.int64) for name in WORDS},
        spelling=spelling,
        founded=_numbers(row["founded"], ">i2", np.int16),
        flags=_numbers(row["flags"], ">i2", np.uint8),
        layers=pairs["layer"],
        pairs={name: pairs[name] for name in PAIRS},
        relations=(keys_of(row["sources"]), keys_of(row["targets"])),
        layer_ids=tuple(row["layer_ids"] or ()),
        changed=np.array(changed, np.int64),
    )


def _numbers(data, kind: str, wanted) -> np.ndarray:
    return np.frombuffer(data or b"", kind).astype(wanted)
