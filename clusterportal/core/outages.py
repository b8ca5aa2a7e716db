"""Errors that pass by themselves or by an operator's hand, and what to say of them instead of "internal error"."""

import errno
from enum import StrEnum

from django.db import InterfaceError, OperationalError

from clusterportal.core.embedded import EmbeddedServerError
from clusterportal.core.stored_files import FilesUnreachable

RETRY_AFTER = 5  # seconds
_DISK_FULL = "53100"  # SQLSTATE, PostgreSQL appendix A
_CANCELLED = "57014"
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
# Questions that went wrong on a server that is well: a lock that took too long, a deadlock.
_OF_THE_QUESTION = ("40", "55")


class Outage(StrEnum):
    DATABASE = "database"  # it cannot be reached
    DISK = "disk"  # nothing can be written
    FILES = "files"  # their storage does not answer
    TIME = "time"  # the question took longer than it may (`statement_times`)


def outage_of(error: BaseException | None) -> Outage | None:
    """The outage that an exception, or the one behind it, tells of; None where it is an error of ours."""
    while error is not None:
        if isinstance(error, FilesUnreachable):
            return Outage.FILES
        if isinstance(error, OSError) and error.errno in _NO_ROOM:
            return Outage.DISK
        if isinstance(error, OperationalError | InterfaceError | EmbeddedServerError):
            state = getattr(error.__cause__, "sqlstate", None) or ""
            if state == _DISK_FULL:
                return Outage.DISK
            if state == _CANCELLED:
                return Outage.TIME
            if not state.startswith(_OF_THE_QUESTION):
                return Outage.DATABASE
        error = error.__cause__ or error.__context__
    return None
