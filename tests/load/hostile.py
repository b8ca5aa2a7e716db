"""Clients who are slow, send too much or ask what is costly, and a visitor who comes at the same time."""

import itertools
import os
import random
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from tests.load.asking import Asker, clients
from tests.load.tally import Tally, percentile
from tests.load.traffic import CLUSTER, fresh_search

VISITS = 2.0  # a second, of new words: a quarter of two processors
ELSEWHERE = (
    "127.0.0.66"  # where the hostile ones come from, so that they are one client and the visitor another
)
# Seconds (p95), or so many times what it takes alone: the larger one is the goal.
BESIDE, TIMES_ALONE = 1.0, 4.0
SETTLED = 1.0  # seconds until all of a crowd are there
HUGE = 150 * 1024**2
SLOW = {"slow headers": 200, "slow bodies": 40, "slow readers": 40, "slow streams": 40}  # connections


@dataclass
class Hostile:
    alone: float = 0.0
    beside: dict[str, Tally] = field(default_factory=dict)
    other: dict[str, Tally] = field(default_factory=dict)  # what the hostile ones were told

    def slowest(self) -> float:
        return max(BESIDE, TIMES_ALONE * self.alone)

    @property
    def missed(self) -> list[str]:
        """The goals that were missed."""
        wrong = []
        for name, tally in self.beside.items():
            if tally.errors:
                wrong.append(f"beside {name} a visitor got {dict(tally.errors)}")
            if not _p95(tally) <= self.slowest():
                wrong.append(f"beside {name} a visitor waited {_p95(tally):.2f} s (p95)")
        return wrong

    def lines(self) -> list[str]:
        """For people."""
        lines = [
            f"visitor      alone p95 {1000 * self.alone:.0f} ms; goal beside others {1000 * self.slowest():.0f} ms"
        ]
        for name, tally in self.beside.items():
            told = dict(self.other[name].statuses) if name in self.other else ""
            lines.append(f"  beside {name:20} p95 {1000 * _p95(tally):6.0f} ms  {told}")
        return lines


def hostile(address: str, seconds: float) -> Hostile:
    """One after the other, `seconds` each."""
    result, alone = Hostile(), _visited(address, seconds)
    result.alone = _p95(alone)
    result.beside["nobody"] = alone
    place = address.removeprefix("http://").split(":")
    here = (place[0], int(place[1]))
    for name, number in SLOW.items():
        with _Crowd(lambda name=name: SLOW_ONES[name](here), number):
            result.beside[name] = _visited(address, seconds)
    result.other["huge uploads"] = Tally(may_refuse=True)
    with _Crowd(lambda: _huge_upload(here, result.other["huge uploads"]), 3):
        result.beside["huge uploads"] = _visited(address, seconds)
    result.other["expensive questions"] = asked = Tally(may_refuse=True)
    with _Crowd(lambda: Asker(address, asked, source=ELSEWHERE).ask("costly", _costly()), 24):
        result.beside["expensive questions"] = _visited(address, seconds)
    return result


def _p95(tally: Tally) -> float:
    return percentile([one for kind in tally.kinds.values() for one in kind.seconds], 95)


def _visited(address: str, seconds: float) -> Tally:
    """A visitor who looks for what nobody looked for before."""
    tally = Tally()
    visitors = clients(
        address, tally, "visit", VISITS, lambda: ((fresh_search(), {}) for _one in itertools.count())
    )
    for one in visitors:
        one.start()
    time.sleep(seconds)
    for one in visitors:
        one.end()
        one.join(60)
    return tally


class _Crowd:
    """So many threads that do the same again and again until the block ends."""

    def __init__(self, act: Callable[[], object], number: int):
        self._act, self._number, self._is_ending = act, number, threading.Event()

    def __enter__(self):
        self._threads = [threading.Thread(target=self._run, daemon=True) for _one in range(self._number)]
        for one in self._threads:
            one.start()
        time.sleep(SETTLED)

    def __exit__(self, *_error):
        self._is_ending.set()

    def _run(self) -> None:
        while not self._is_ending.is_set():
            with suppress(OSError):
                self._act()
            self._is_ending.wait(0.01)


# ---------- slow ----------
def _slow_headers(here) -> None:
    with socket.create_connection(here, timeout=60, source_address=(ELSEWHERE, 0)) as one:
        one.sendall(b"GET /de/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")
        _trickle(one)


def _slow_body(here) -> None:
    with socket.create_connection(here, timeout=60, source_address=(ELSEWHERE, 0)) as one:
        one.sendall(
            b"POST /de/anfrage/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            b"Content-Length: 100000\r\n\r\na="
        )
        _trickle(one)


def _trickle(one: socket.socket) -> None:
    """A letter a second, until the server has had enough."""
    one.settimeout(1.0)
    for _letter in range(60):
        one.sendall(b"a")
        with suppress(TimeoutError):
            if not one.recv(4096):
                return


def _slow_reader(here) -> None:
    _unread(here, b"/api/v1/actors/?format=ndjson")


def _slow_stream(here) -> None:
    _unread(here, b"/api/v1/changes/stream/?since=")  # from the beginning: all that ever changed


def _unread(here, path: bytes) -> None:
    """Asks for everything, and reads nothing of it."""
    with socket.socket() as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        one.bind((ELSEWHERE, 0))
        one.connect(here)
        one.sendall(b"GET " + path + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        time.sleep(30)


SLOW_ONES: dict[str, Callable] = {
    "slow headers": _slow_headers,
    "slow bodies": _slow_body,
    "slow readers": _slow_reader,
    "slow streams": _slow_stream,
}


# ---------- too much ----------
def _huge_upload(here, tally: Tally) -> None:
    begun = time.monotonic()
    with socket.create_connection(here, timeout=60, source_address=(ELSEWHERE, 0)) as one:
        one.sendall(
            b"POST /de/anfrage/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: multipart/form-data; boundary=x\r\n"
            b"Content-Length: %d\r\n\r\n--x\r\nContent-Disposition: form-data; name=f; filename=f\r\n\r\n"
            % HUGE
        )
        block = os.urandom(1024**2)
        with suppress(OSError):  # it stops listening
            for _part in range(HUGE // len(block)):
                one.sendall(block)
        said = one.recv(4096).split()
    if len(said) > 1:  # else the answer was lost, because it came before the upload had ended
        tally.answered("upload", int(said[1]), time.monotonic() - begun)
    time.sleep(0.2)


def _costly() -> str:
    """A question that takes long, and that nothing kept answers."""
    rare = f"{random.choice(['xylophon', 'quarzuhr', 'zwieback'])}{random.randrange(10**6)}"
    return random.choice(
        [
            f"/de/netzwerk/?q=-{rare}",
            f"/de/akteure/?q={rare}+{rare[::-1]}",
            f"/api/v1/actors/?q={rare}&facets=layer,area,topic",
            f"/de/cluster/{CLUSTER}/monitor/?x={rare}",
            f"/de/akteure/export.xlsx?q=-{rare}",
            f"/de/akteure/fraunhofer-itwm/profil.pdf?x={rare}",
            f"/de/akteure/fraunhofer-itwm/bild.png?x={rare}",
            f"/api/v1/actors/?format=ndjson&q=-{rare}",
            "/api/v1/snapshot/",
        ]
    )
