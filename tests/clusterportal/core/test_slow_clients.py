"""What a client sends is there before anything is done with it, or nothing is done."""

import socket
import threading

import pytest

from clusterportal.core import slow_clients
from clusterportal.core.slow_clients import MOST, MOST_OF_ANYBODY, SLOW, with_body


class Client:
    """Sends these parts, and waits before each of them until it may go on."""

    def __init__(self, *parts: bytes, pauses: bool = False):
        self._parts, self.may_go_on = list(parts), threading.Event()
        if not pauses:
            self.may_go_on.set()

    def read(self, size: int) -> bytes:
        assert self.may_go_on.wait(30)
        return self._parts.pop(0) if self._parts else b""


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(slow_clients, "FIRST_LOOK", 0.01)


def sent(client: Client, length: object, **further: str) -> dict:
    return {"CONTENT_LENGTH": str(length), "wsgi.input": client, **further}


def test_a_body_is_read_to_its_end():
    environ = sent(Client(b"a=", b"1"), 3)
    assert (with_body(environ), environ["wsgi.input"].read()) == (None, b"a=1")


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
        (MOST + 1, {"HTTP_COOKIE": "sessionid=a"}, 413),
        (3, {}, 408),
    ],
)
def test_too_large_or_not_whole(length, further, status):
    assert with_body(sent(Client(b"a"), length, **further)) == status


def test_slow_ones_are_given_up_and_few_are_waited_for(monkeypatch):
    slow = Client(b"abc", pauses=True)
    monkeypatch.setattr(slow_clients, "GRACE", -1.0)  # at once too slow
    assert with_body(sent(Client(b"abc", pauses=True), 3)) == 408
    monkeypatch.setattr(slow_clients, "GRACE", 60.0)
    answers: list = []
    waiting = [
        threading.Thread(target=lambda: answers.append(with_body(sent(slow, 3)))) for _one in range(SLOW)
    ]
    for one in waiting:
        one.start()
    while slow_clients._slow.acquire(blocking=False):  # until all of them have a place
        slow_clients._slow.release()
    assert with_body(sent(Client(b"abc", pauses=True), 3)) == 503
    assert with_body(sent(Client(b"abc"), 3)) is None
    slow.may_go_on.set()
    for one in waiting:
        one.join(30)
    assert sorted(answers, key=str) == [*[408] * (SLOW - 1), None]  # one of them got all of it


def test_connections_that_stall_are_closed_by_the_system(monkeypatch):
    monkeypatch.setattr(slow_clients, "_closing", threading.Lock())
    with socket.create_server(("127.0.0.1", 0)) as server:
        slow_clients.close_stalled_connections()
        with socket.create_connection(server.getsockname()) as client, server.accept()[0] as accepted:
            limit = slow_clients.STALLED * 1000
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == limit
            assert client.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == 0
