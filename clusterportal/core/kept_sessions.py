"""Which threads of a worker keep their session of the database: as many as work at once, and some more.

A thread that works opens a session and keeps it, since opening one takes as long as answering. In a crowd a hundred
threads get their turn, one after the other, and the database has memory for few.
"""

import threading
import time

from django.db import connections

KEPT = 12  # sessions
IDLE = 600.0  # seconds; then the web server has ended the thread, or does not need it
_last_used: dict[int, float] = {}  # by thread
_lock = threading.Lock()


def let_go() -> None:
    """At the end of a turn: close the sessions of this thread, unless it is one of those who keep theirs."""
    if not _keeps(threading.get_ident(), time.monotonic()):
        connections.close_all()


def _keeps(thread: int, now: float) -> bool:
    with _lock:
        if thread not in _last_used and len(_last_used) >= KEPT:
            longest_idle = min(_last_used, key=_last_used.__getitem__)
            if now - _last_used[longest_idle] < IDLE:
                return False
            del _last_used[longest_idle]
        _last_used[thread] = now
        return True
