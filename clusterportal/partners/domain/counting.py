"""When counts are written: after an answer was sent, at most once a second, and before the process ends."""

import logging
import threading
import time

from django.conf import settings
from django.db import Error, connection, transaction

from clusterportal.partners.domain import limits, usage

_writing = threading.Lock()
_written_at = 0.0
logger = logging.getLogger("clusterportal.partners")


def write_when_due(**_signal) -> None:
    """Write what was counted if that is longer ago than the setting says; for the signal `request_finished`."""
    if settings.API_COUNTS_EVERY is None or time.monotonic() - _written_at < settings.API_COUNTS_EVERY:
        return
    if _writing.acquire(blocking=False):  # else another thread does it
        try:
            write()
        finally:
            _writing.release()


def write_at_the_end() -> None:
    """What the last second left; for the end of the process."""
    if settings.API_COUNTS_EVERY is not None:
        write()


def write() -> None:
    """Write all counts. Where the database does not answer, they are kept for next time."""
    global _written_at
    _written_at = time.monotonic()
    if not (limits.is_any_fresh() or usage.is_any_fresh()):
        return
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:  # counts of a second are not worth a wait for the disk
                cursor.execute("SET LOCAL synchronous_commit = off")
            limits.write()
            usage.write()
    except Error as error:
        logger.warning("The use of the API could not be written down: %s", error)
