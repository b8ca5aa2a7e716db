"""Clients that ask at a steady pace over lasting connections."""

import itertools
import random
import threading
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

from tests.load.tally import Tally

IDLE = 8.0  # seconds after which a client opens a new connection, as the server may have closed the old one
Question = tuple[str, dict]  # path and headers
_numbers = itertools.count()


class Asker:
    """One client with its connection."""

    def __init__(self, address: str, tally: Tally, *, timeout: float = 60.0, source: str = ""):
        """`source`: the address that it asks from, where that matters."""
        self._place, self._tally, self._timeout = urlsplit(address), tally, timeout
        self._source = (source, 0) if source else None
        self._connection: HTTPConnection | None = None
        self._used_at = 0.0

    def ask(self, kind: str, path: str, headers: dict | None = None) -> str | None:
        """Ask once and count the answer; returns its entity tag."""
        begun = time.monotonic()
        if self._connection is None or begun - self._used_at > IDLE:
            self.hang_up()
            self._connection = HTTPConnection(
                self._place.hostname, self._place.port, timeout=self._timeout, source_address=self._source
            )
        try:
            self._connection.request("GET", path, headers=headers or {})
            answer = self._connection.getresponse()
            answer.read()
        except (OSError, HTTPException) as error:
            self._tally.failed(kind, type(error).__name__)
            self.hang_up()
            return None
        self._used_at = time.monotonic()
        says_when = answer.getheader("Retry-After", "").isdecimal()
        self._tally.answered(kind, answer.status, self._used_at - begun, says_when=says_when)
        return answer.getheader("ETag")

    def hang_up(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class Pace(threading.Thread):
    """Acts `rate` times a second, whatever became of the last time, until it is told to end."""

    def __init__(self, rate: float, act: Callable[[], object]):
        super().__init__(daemon=True)
        self._pause, self._act = 1 / rate, act
        self.is_ending = threading.Event()

    def run(self) -> None:
        due = time.monotonic() + random.uniform(0, self._pause)
        while not self.is_ending.wait(max(0.0, due - time.monotonic())):
            self._act()
            due = max(due + self._pause, time.monotonic() - 1.0)  # who is late does not catch up for ever

    def end(self) -> None:
        self.is_ending.set()


def clients(address: str, tally: Tally, kind: str, rate: float, questions: Callable[[], Iterator[Question]]):
    """So many clients that together ask `rate` questions a second, each at most one and from an address of its own."""
    number = max(1, round(rate))

    def client():
        own = next(_numbers)
        asker, mine = Asker(address, tally, source=f"127.1.{own // 250}.{1 + own % 250}"), questions()
        return Pace(rate / number, lambda: asker.ask(kind, *next(mine)))

    return [client() for _one in range(number)]


class Remembering:
    """A client that holds a page and asks again and again whether it is still the same."""

    def __init__(self, address: str, tally: Tally, kind: str, paths: list[str]):
        self._asker, self._kind = Asker(address, tally), kind
        self._tags: dict[str, str | None] = {}
        self._paths = itertools.cycle(paths)

    def __call__(self) -> None:
        path = next(self._paths)
        known = self._tags.get(path)
        tag = self._asker.ask(self._kind, path, {"If-None-Match": known} if known else {})
        self._tags[path] = tag or known
