"""A streaming replica of PostgreSQL (`DATABASE_REPLICA_URL`) that answers what anybody may read.

A request reads there as a whole or not at all: `reading_from_replica` opens the choice, the router and `reader()` ask
for it. It is opened only when the replica has replayed the log as far as the primary had written it when the request
came. So whatever was acknowledged before, to whomever, is seen, as on one server; only who comes first pays with two
short questions. Once such a request writes, it reads from the primary, too.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connections

PRIMARY, REPLICA = "default", "replica"
PAUSE = 5.0  # seconds for which a replica that failed is left alone
PATIENCE = 0.02  # seconds that a request waits for the replica to come up with the primary ...
_STEP = 0.002  # ... and after which it asks again
# Apps whose tables readers ask for. Counts, keys, the feed of changes and jobs are read and written in one request.
_READ_THERE = frozenset(
    {"actors", "layers", "applications", "clusters", "places", "network", "newsroom", "kpis", "labels"}
    | {"finance", "lifecycle", "plans", "matchmaking", "management"}
)
_WRITTEN = "SELECT pg_current_wal_flush_lsn()"
# A server that follows nobody is no replica: it was promoted, or was the primary once and has a past of its own.
_REACHED = "SELECT pg_is_in_recovery() AND pg_last_wal_replay_lsn() >= %s::pg_lsn"
_LAG = """
SELECT pg_is_in_recovery(), GREATEST(pg_wal_lsn_diff(%s::pg_lsn, pg_last_wal_replay_lsn()), 0)::bigint,
    clock_timestamp() - pg_last_xact_replay_timestamp()
"""
logger = logging.getLogger("clusterportal.replica")


@dataclass
class ReadingChoice:
    """What a request reads: data of `version` or later, from the replica until it writes."""

    version: str
    is_replica: bool = True


_choice: ContextVar[ReadingChoice | None] = ContextVar("choice", default=None)
_left_alone_until = 0.0


@contextmanager
def reading_from_replica(version: str) -> Iterator[ReadingChoice | None]:
    """Read there within the block, data of `version` or later; None where the replica cannot or is not so far yet."""
    if not _has_reached():
        yield None
        return
    token = _choice.set(choice := ReadingChoice(version))
    try:
        yield choice
    finally:
        _choice.reset(token)


def version_of_choice() -> str | None:
    """The version under which what is read now may be kept; None where the primary is read."""
    choice = _choice.get()
    return choice.version if choice else None


def reader():
    """The connection for SQL that only reads; the router's answer for statements without a model."""
    return connections[_alias()]


class Router:
    """Django's database router: reads by the request's choice, all else to the primary."""

    def db_for_read(self, model, **hints):
        return _alias() if model._meta.app_label in _READ_THERE else PRIMARY

    def db_for_write(self, model, **hints):
        if choice := _choice.get():
            choice.is_replica = False
        return PRIMARY

    def allow_relation(self, one, other, **hints):
        return True  # both are the same database

    def allow_migrate(self, db, app_label, **hints):
        return db == PRIMARY


def leave_alone(reason: object = "") -> None:
    """The replica failed: readers go to the primary, and ask for it again in a while."""
    global _left_alone_until
    _left_alone_until = time.monotonic() + PAUSE
    connections[REPLICA].close()
    logger.warning("The replica does not answer: readers go to the primary. %s", reason)


@dataclass(frozen=True)
class Lag:
    """How far the replica is behind the primary."""

    bytes: int  # of the log, not replayed
    time: timedelta  # since the last transaction that it has replayed; 0 where none is missing


def lag() -> Lag | None:
    """None where it cannot be asked or follows nobody. Raises DatabaseError where the primary is away."""
    written = _asked(PRIMARY, _WRITTEN)[0]
    try:
        is_following, missing, behind = _asked(REPLICA, _LAG, [written])
    except (DatabaseError, InterfaceError):
        connections[REPLICA].close()
        return None
    return Lag(missing, behind if missing and behind else timedelta()) if is_following else None


def _alias() -> str:
    choice = _choice.get()
    is_there = choice and choice.is_replica and not connections[PRIMARY].in_atomic_block
    return REPLICA if is_there else PRIMARY


def _has_reached() -> bool:
    if REPLICA not in settings.DATABASES or time.monotonic() < _left_alone_until:
        return False
    try:
        written = _asked(PRIMARY, _WRITTEN)[0]
    except (DatabaseError, InterfaceError):
        return False  # the request itself will say so
    deadline = time.monotonic() + PATIENCE
    try:
        while not _asked(REPLICA, _REACHED, [written])[0]:
            if time.monotonic() > deadline:
                return False
            time.sleep(_STEP)
    except (DatabaseError, InterfaceError) as error:
        leave_alone(error)
        return False
    return True


def _asked(alias: str, sql: str, values=()) -> tuple:
    with connections[alias].cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()
