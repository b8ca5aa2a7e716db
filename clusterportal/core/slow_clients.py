"""Clients whose network is slow, or who make believe: they hold a thread that does nothing else, and no place at work.

What a client sends is read to its end before the portal begins to work for it. A connection on which nothing can be
sent for a minute is closed by the system (tcp(7), TCP_USER_TIMEOUT). Slow headers cost no thread; the web server waits
for them, and not for long. A client who sends nothing at all of a body that it announced keeps its thread: a reverse
proxy that takes bodies in first, as the recipe for nginx does, spares the portal that.
"""

import os
import socket
import stat
import threading
import time
from contextlib import suppress
from tempfile import SpooledTemporaryFile

from django.conf import settings

GRACE, SLOWEST = 10.0, 20_000  # seconds, and after them bytes in a second
LARGEST_FORM = 110 * 1024 * 1024  # bytes; the largest that a form takes is a table of 100 MB
MOST_OF_ANYBODY = 16 * 1024 * 1024  # who is not signed in, and brings no key
STALLED = 60  # seconds
IN_MEMORY = 1024 * 1024
# Bytes asked for at once, few where they come slowly: reading ends with the last of them.
FEWEST, MOST_AT_ONCE, SLOW_READING = 64, 64 * 1024, 0.02
_closing = threading.Lock()
TOO_SLOW, TOO_LARGE = 408, 413


def with_body(environ) -> int | None:
    """Puts the whole body of a request into `environ`; where that is not possible, the status that says why.

    It is read by the request's own thread: the web server stands still for all while somebody else reads a body whose
    request has been answered (seen with granian 2.8).
    """
    length = environ.get("CONTENT_LENGTH", "")
    if not length.isdecimal() or not int(length):
        return None  # who does not say how much there is, is not read at all: WSGI knows no end then
    if int(length) > _most(environ):
        return TOO_LARGE
    body = _read(environ["wsgi.input"], int(length))
    if body is None:
        return TOO_SLOW
    environ["wsgi.input"] = body
    return None


def _most(environ) -> int:
    is_known = (
        settings.SESSION_COOKIE_NAME in environ.get("HTTP_COOKIE", "") or "HTTP_AUTHORIZATION" in environ
    )
    return LARGEST_FORM if is_known else MOST_OF_ANYBODY


def _read(source, length: int):
    """The body; None of a client that is too slow, or gone, whom nobody tells."""
    body = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the request reads it, and then it goes
    received, size, begun = 0, FEWEST, time.monotonic()
    while received < length:
        asked = time.monotonic()
        if not (part := source.read(min(size, length - received))):
            return None
        body.write(part)
        received += len(part)
        now = time.monotonic()
        if received < (now - begun - GRACE) * SLOWEST:
            return None
        size = min(size * 8, MOST_AT_ONCE) if now - asked < SLOW_READING else FEWEST
    body.seek(0)
    return body


def close_stalled_connections() -> None:
    """Once in each worker: what it accepts from now on is closed when the client has not read for STALLED seconds."""
    if not hasattr(socket, "TCP_USER_TIMEOUT") or not _closing.acquire(blocking=False):  # never given back
        return
    for descriptor in map(int, os.listdir("/proc/self/fd")):
        with suppress(OSError):  # closed meanwhile
            if stat.S_ISSOCK(os.fstat(descriptor).st_mode):
                _limit(socket.socket(fileno=os.dup(descriptor)))


def _limit(one: socket.socket) -> None:
    with one:
        is_listening = one.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN)
        if is_listening and one.family in (socket.AF_INET, socket.AF_INET6):
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, STALLED * 1000)
