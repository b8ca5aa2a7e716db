"""The state of the registry, asked in one round trip without the cost of an ORM: what kept answers hang on."""

import logging
import threading

from django.db import connections
from django.db.utils import Error
from psycopg import Error as DriverError
from psycopg.pq import ExecStatus

_SQL = b"SELECT number, xmin FROM history_revision WHERE id = 1"
_NAME = b"registry_stamp"
logger = logging.getLogger("clusterportal.history")


class _OfThread(threading.local):
    """The thread's database, and its connection for which the statement was prepared."""

    def __init__(self):
        self.database = connections["default"]
        self.prepared = None


_own = _OfThread()


def quick_stamp() -> bytes | None:
    """The revision and the transaction that raised it, over a prepared statement of this thread's lasting connection.

    None where no answer can hang on it: inside a transaction, or when the database cannot be asked.
    """
    own = _own
    if own.database.in_atomic_block:
        return None
    for _attempt in range(2):  # a connection that died while it was idle is opened once more
        try:
            return _asked(own)
        except (Error, DriverError) as error:
            own.prepared = None
            own.database.close()
            logger.debug("The revision could not be read: %s", error)
    return None


def _asked(own: _OfThread) -> bytes:
    if (connection := own.database.connection) is None:
        own.database.connect()
        connection = own.database.connection
    server = connection.pgconn
    if own.prepared is not server:
        server.prepare(_NAME, _SQL)
        own.prepared = server
    result = server.exec_prepared(_NAME, None)
    if result.status != ExecStatus.TUPLES_OK:
        raise DriverError(result.error_message.decode(errors="replace"))
    return b"%s-%s" % (result.get_value(0, 0), result.get_value(0, 1)) if result.ntuples else b"-"
