"""The version of the data: one short name that every committed change replaces, known at next to no cost.

Kept answers and everything held in memory hang on it. Leases as in C. Gray and D. Cheriton, "Leases: an efficient
fault-tolerant mechanism for distributed file cache consistency" (SOSP 1989): a worker that has just read the version
may trust it for ten milliseconds; a transaction that changes the registry takes a lock that ends the giving of leases
and waits twelve before it commits (`registry_raise_revision`). So no answer is stale after a commit, and thousands of
answers take one question.
"""

import logging
import threading
import time

from django.db import connections
from django.db.utils import Error
from psycopg import Error as DriverError
from psycopg.pq import ExecStatus

from clusterportal.core.replica import version_of_choice

LEASE = 0.010  # seconds; a writer waits 0.012
LAST_PART = 0.002  # seconds of it in which the next lease is asked for
# With the timeline of the server's log: a replica that is promoted begins a new one. What it lacks of the former
# primary is lost, and it gives the same numbers once more to other commits.
_SQL = b"SELECT concat(left(pg_walfile_name(pg_current_wal_lsn()), 8), '-', version), is_lasting FROM registry_lease()"
_NAME = b"registry_version"
logger = logging.getLogger("clusterportal.history")

_own = threading.local()  # `prepared`: the connection of this thread for which the statement was prepared
_lease: tuple[str, float] = ("", 0.0)  # a version, and until when this process may trust it
_asking = threading.Lock()  # one thread asks for all


def leased_version() -> str | None:
    """The version that this process may trust for now; None where it has to ask. Not for inside a transaction.

    The first to come in the last part of a lease has to ask for the next one, while the others go on with this one.
    """
    version, until = _lease
    left = until - time.monotonic()
    return version if left > LAST_PART or (left > 0 and _asking.locked()) else None


def current_version() -> str | None:
    """Timeline, number of commits and transaction of the last one; by lease, or over a prepared statement.

    The transaction tells a restored or emptied database from its own past. None where no answer can hang on a version:
    inside a transaction, or when the database cannot be asked.
    """
    database = connections["default"]
    if database.in_atomic_block:
        return None
    if (version := version_of_choice()) is not None:
        return (
            version  # what this request reads on the replica is of this version or later, not of a newer one
        )
    if (version := leased_version()) is not None:
        return version
    is_mine = _asking.acquire(timeout=LEASE)  # nobody shall queue behind a database that does not answer
    try:
        version, until = _lease
        return version if until - time.monotonic() > LAST_PART else _renewed(database)
    finally:
        if is_mine:
            _asking.release()


def _renewed(database) -> str | None:
    global _lease
    begun = time.monotonic()
    for _attempt in range(2):  # a connection that died while it was idle is opened once more
        try:
            version, is_lasting = _asked(database)
        except (Error, DriverError) as error:
            _own.prepared = None
            database.close()
            logger.debug("The version of the data could not be read: %s", error)
        else:
            if is_lasting:
                _lease = (version, begun + LEASE)  # from before the question, so that it ends in time
            return version
    return None


def _asked(database) -> tuple[str, bool]:
    if (connection := database.connection) is None:
        database.connect()
        connection = database.connection
    server = connection.pgconn
    if getattr(_own, "prepared", None) is not server:
        server.prepare(_NAME, _SQL)
        _own.prepared = server
    result = server.exec_prepared(_NAME, None)
    if result.status != ExecStatus.TUPLES_OK:
        raise DriverError(result.error_message.decode(errors="replace"))
    return (result.get_value(0, 0) or b"").decode(), result.get_value(0, 1) == b"t"
