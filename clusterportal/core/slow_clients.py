"""Clients whose network is slow, or who make believe: none of them holds a place at work, none stays for ever.

What a client sends is read to its end before the portal begins to work for it, by a thread of its own that may be left
behind. A connection on which nothing can be sent for a minute is closed by the system (tcp(7), TCP_USER_TIMEOUT).
Slow headers cost no thread; the web server waits for them, and not for long.
"""

import os
import socket
import stat
import threading
import time
from contextlib import suppress
from tempfile import SpooledTemporaryFile

from django.conf import settings

SLOW = 4  # requests that are still being sent after FIRST_LOOK
FIRST_LOOK = 1.0  # seconds; almost all are there with their first packet
GRACE, SLOWEST = 10.0, 20_000  # seconds, and after them bytes in a second
MOST = 110 * 1024 * 1024  # bytes; the largest that a form takes is a table of 100 MB
MOST_OF_ANYBODY = 16 * 1024 * 1024  # who is not signed in, and brings no key
STALLED = 60  # seconds
IN_MEMORY = 1024 * 1024
_slow = threading.BoundedSemaphore(SLOW)
_closing = threading.Lock()
TOO_SLOW, TOO_LARGE, BUSY = 408, 413, 503


def with_body(environ) -> int | None:
    """Puts the whole body of a request into `environ`; where that is not possible, the status that says why."""
    length = environ.get("CONTENT_LENGTH", "")
    if not length.isdecimal() or not int(length):
        return None  # who does not say how much there is, is not read at all: WSGI knows no end then
    if int(length) > _most(environ):
        return TOO_LARGE
    reading = _Reading(environ["wsgi.input"], int(length))
    reading.start()
    if not reading.is_done.wait(FIRST_LOOK):
        if not _slow.acquire(blocking=False):
            reading.is_left = True
            return BUSY
        try:
            while not reading.is_done.wait(FIRST_LOOK):
                if reading.is_too_slow():
                    reading.is_left = True
                    return TOO_SLOW
        finally:
            _slow.release()
    if reading.received < int(length):
        return TOO_SLOW  # gone; nobody hears it, and half a form is not what was meant
    environ["wsgi.input"] = reading.body
    return None


def _most(environ) -> int:
    is_known = (
        settings.SESSION_COOKIE_NAME in environ.get("HTTP_COOKIE", "") or "HTTP_AUTHORIZATION" in environ
    )
    return MOST if is_known else MOST_OF_ANYBODY


class _Reading(threading.Thread):
    """Reads a body. The web server's way of reading ends only with the client, so who waits may leave it behind."""

    def __init__(self, source, length: int):
        super().__init__(daemon=True)
        self._source, self._length = source, length
        self.body = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the request reads it, and then it goes
        self.is_done, self.is_left, self.received, self._begun = threading.Event(), False, 0, time.monotonic()

    def run(self) -> None:
        try:
            while not self.is_left and self.received < self._length:
                if not (part := self._source.read(min(64 * 1024, self._length - self.received))):
                    break
                self.body.write(part)
                self.received += len(part)
            self.body.seek(0)
        finally:
            self.is_done.set()

    def is_too_slow(self) -> bool:
        return self.received < (time.monotonic() - self._begun - GRACE) * SLOWEST


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
