"""Questions to the database that take long, in the log: the statement as the code wrote it, never with its values.

Where the setting SLOW_QUERY_MS asks for it. What goes past Django's cursors is not seen: the job worker fetching its
jobs, and the question for the data version.
"""

import logging
import re
import time

from django.conf import settings

# Texts that a statement holds itself, for whoever writes one without parameters.
_TEXTS = re.compile(r"'(?:[^']|'')*'|\$(\w*)\$.*?\$\1\$", re.DOTALL)
_LONGEST_STATEMENT = 2000  # characters of a statement
logger = logging.getLogger("clusterportal.slow_queries")


def watch(sender, connection, **kwargs) -> None:
    """Time every statement of a connection; a receiver of `connection_created`, which may come again for one."""
    if timed not in connection.execute_wrappers:
        connection.execute_wrappers.append(timed)


def timed(execute, sql, params, many, context):
    """Around each statement of a cursor, as `connection.execute_wrapper` calls it."""
    begun = time.monotonic()
    try:
        return execute(sql, params, many, context)
    finally:
        taken = (time.monotonic() - begun) * 1000
        if taken >= settings.SLOW_QUERY_MS:
            logger.warning("Slow query, %d ms: %s", taken, without_texts(sql))


def without_texts(sql) -> str:
    """A statement in one line, its texts replaced by question marks; composed ones are not written out."""
    if not isinstance(sql, str):
        return f"({type(sql).__name__})"
    return " ".join(_TEXTS.sub("?", sql).split())[:_LONGEST_STATEMENT]
