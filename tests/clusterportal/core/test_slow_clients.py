"""What a client sends is there before anything is done with it, or nothing is done."""

import socket
import threading

import pytest

from clusterportal.core import slow_clients
from clusterportal.core.slow_clients import (
    FEWEST,
    GRACE,
    LARGEST_FORM,
    MOST_AT_ONCE,
    MOST_OF_ANYBODY,
    with_body,
)


class Client:
    """Sends these parts; each of them takes `seconds`, by the clock of the test."""

    def __init__(self, *parts: bytes, seconds: float = 0.0):
        self._parts, self._seconds, self.asked, self.now = list(parts), seconds, [], 0.0
        self.readers: set[int] = set()

    def read(self, size: int) -> bytes:
        self.asked.append(size)
        self.readers.add(threading.get_ident())
        self.now += self._seconds
        part = self._parts.pop(0) if self._parts else b""
        if len(part) > size:
            self._parts.insert(0, part[size:])
        return part[:size]


def sent(client: Client, length: object, **further: str) -> dict:
    return {"CONTENT_LENGTH": str(length), "wsgi.input": client, **further}


def test_a_body_is_read_to_its_end():
    environ = sent(client := Client(b"a=", b"1"), 3)
    assert (with_body(environ), environ["wsgi.input"].read()) == (None, b"a=1")
    assert client.readers == {threading.get_ident()}  # nobody else, see `with_body`


@pytest.mark.parametrize("length", ["", "0", "x", "-1", "²"])
def test_what_says_no_length_is_left_alone(length):
    environ = sent(client := Client(b"a"), length)
    assert (with_body(environ), environ["wsgi.input"]) == (None, client)


@pytest.mark.parametrize(
    ("length", "further", "status"),
    [
        (MOST_OF_ANYBODY + 1, {}, 413),
        (MOST_OF_ANYBODY + 1, {"HTTP_COOKIE": "sessionid=a"}, 408),  # read; this client goes away
        (MOST_OF_ANYBODY + 1, {"HTTP_AUTHORIZATION": "Bearer a"}, 408),
        (LARGEST_FORM + 1, {"HTTP_COOKIE": "sessionid=a"}, 413),
        (3, {}, 408),
    ],
)
def test_too_large_or_not_whole(length, further, status):
    assert with_body(sent(Client(b"a"), length, **further)) == status


def test_slow_ones_are_given_up(monkeypatch):
    trickling = Client(b"a" * 5000, seconds=1.0)
    monkeypatch.setattr(slow_clients.time, "monotonic", lambda: trickling.now)
    assert with_body(sent(trickling, 5000)) == 408
    assert (set(trickling.asked), trickling.now) == ({FEWEST}, GRACE + 1)


def test_what_comes_fast_is_asked_for_in_large_parts():
    environ = sent(client := Client(b"a" * 300_000), 300_000)
    assert with_body(environ) is None
    assert environ["wsgi.input"].read() == b"a" * 300_000
    assert client.asked[:5] == [64, 512, 4096, 32_768, MOST_AT_ONCE]


def test_connections_that_stall_are_closed_by_the_system(monkeypatch):
    monkeypatch.setattr(slow_clients, "_closing", threading.Lock())
    with socket.create_server(("127.0.0.1", 0)) as server:
        slow_clients.close_stalled_connections()
        with socket.create_connection(server.getsockname()) as client, server.accept()[0] as accepted:
            limit = slow_clients.STALLED * 1000
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == limit
            assert client.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == 0
