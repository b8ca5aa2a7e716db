"""Commits that wait for a time that was taken back.

Whoever changes the registry waits twelve milliseconds at commit, under a lock that every other one queues for
(`registry_raise_revision`). PostgreSQL ends that wait by the clock of the day: where this is set back by an hour in
these milliseconds, nobody could save anything for an hour.
"""

import logging

from django.db import connection

AHEAD = 1  # seconds ahead of the clock: so far begins nothing by itself
logger = logging.getLogger("clusterportal.history")


def end_endless_waits(ahead: int = AHEAD) -> int:
    """Cancel the waits that began later than it is now, by more than `ahead` seconds; how many.

    Who saved there is told that it failed.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
            "AND wait_event = 'PgSleep' AND query_start > clock_timestamp() + make_interval(secs => %s)",
            [ahead],
        )
        ended = cursor.rowcount
    if ended:
        logger.warning("The clock was set back: %d save(s) that waited for the old time are ended.", ended)
    return ended
