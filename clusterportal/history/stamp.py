"""The state of the registry as one short name: what kept answers hang on, at next to no cost.

A worker that has just read it may trust it for a few milliseconds, a lease: whoever raises the revision waits that
long before the commit (`sql/revision.sql`). So it is never of the past, and a thousand answers take one
question.
"""

import logging
import threading
import time

from django.db import connections
from django.db.utils import Error
from psycopg import Error as DriverError
from psycopg.pq import ExecStatus

LEASE = 0.010  # seconds; less than a writer waits (`sql/revision.sql`)
LAST_PART = 0.002  # seconds of it in which the next one is asked for
_SQL = b"SELECT stamp, is_lasting FROM registry_lease()"
_NAME = b"registry_stamp"
logger = logging.getLogger("clusterportal.history")


_own = threading.local()  # `prepared`: the connection of this thread for which the statement was prepared
_lease: tuple[bytes, float] = (b"", 0.0)  # a state, and until when this process may trust it
_asking = threading.Lock()  # one thread asks for all


def leased_stamp() -> bytes | None:
    """The state that this process may trust for now; None where it has to ask. Not for inside a transaction.

    Who first comes in the last part of a lease has to ask for the next one, while the others go on with this.
    """
    stamp, until = _lease
    left = until - time.monotonic()
    return stamp if left > LAST_PART or (left > 0 and _asking.locked()) else None


def quick_stamp() -> bytes | None:
    """The revision and the transaction that raised it; by lease, or over a prepared statement of this thread.

    None where no answer can hang on it: inside a transaction, or when the database cannot be asked.
    """
    database = connections["default"]
    if database.in_atomic_block:
        return None
    if (stamp := leased_stamp()) is not None:
        return stamp
    is_mine = _asking.acquire(timeout=LEASE)  # a database that does not answer shall not keep them in a queue
    try:
        stamp, until = _lease
        return stamp if until - time.monotonic() > LAST_PART else _renewed(database)
    finally:
        if is_mine:
            _asking.release()


def _renewed(database) -> bytes | None:
    global _lease
    begun = time.monotonic()
    for _attempt in range(2):  # a connection that died while it was idle is opened once more
        try:
            stamp, is_lasting = _asked(database)
        except (Error, DriverError) as error:
            _own.prepared = None
            database.close()
            logger.debug("The revision could not be read: %s", error)
        else:
            if is_lasting:
                _lease = (stamp, begun + LEASE)  # from before the question, so that it ends in time
            return stamp
    return None


def _asked(database) -> tuple[bytes, bool]:
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
    return result.get_value(0, 0) or b"-", result.get_value(0, 1) == b"t"
