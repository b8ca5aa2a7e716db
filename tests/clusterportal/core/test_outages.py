"""What is an outage, and what is an error of ours."""

import errno

import psycopg
import pytest
from django.db import InterfaceError, OperationalError, ProgrammingError
from psycopg import errors

from clusterportal.core.embedded import EmbeddedServerError
from clusterportal.core.outages import Outage, outage_of


def caused(error: Exception, cause: BaseException) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "outage"),
    [
        (OperationalError("refused"), Outage.DATABASE),
        (caused(OperationalError("x"), psycopg.OperationalError("refused")), Outage.DATABASE),
        (caused(OperationalError("x"), errors.AdminShutdown("terminating")), Outage.DATABASE),
        (caused(OperationalError("x"), errors.TooManyConnections("too many")), Outage.DATABASE),
        (InterfaceError("closed"), Outage.DATABASE),
        (EmbeddedServerError("cannot start"), Outage.DATABASE),
        (caused(OperationalError("x"), errors.DiskFull("no space")), Outage.DISK),
        (OSError(errno.ENOSPC, "no space"), Outage.DISK),
        (caused(RuntimeError("upload"), OSError(errno.ENOSPC, "no space")), Outage.DISK),
        (caused(OperationalError("x"), errors.DeadlockDetected("x")), None),
        (caused(OperationalError("x"), errors.LockNotAvailable("x")), None),
        (caused(OperationalError("x"), errors.QueryCanceled("x")), Outage.TIME),
        (ProgrammingError("column"), None),
        (OSError(errno.ENOENT, "no file"), None),
        (ValueError("x"), None),
        (None, None),
    ],
)
def test_outages(error, outage):
    assert outage_of(error) == outage
