"""A worker does a few things at once, lets a few wait, and refuses the rest at once."""

import threading
from itertools import count

import pytest

from clusterportal.core import fair_places as module
from clusterportal.core.large_answers import AHEAD, LARGE
from clusterportal.core.turns import (
    AT_ONCE,
    COSTLY,
    COSTLY_LINE,
    LINE,
    LONG_POLLS,
    SESSIONS,
    SPARE,
    STREAMS,
    Turns,
)
from clusterportal.settings import BASE_DIR
from tests.clusterportal.core.test_fair_places import in_line


class Answer(list):
    """As Django gives it."""

    def __init__(self, *parts: bytes, streaming: bool = False):
        super().__init__(parts)
        self.streaming, self.closed = streaming, 0

    def close(self):
        self.closed += 1


_clients = count()


def asked(turns: Turns, path: str = "/de/", cookie: str = "csrftoken=a", client: str = ""):
    """(status, answer) of a question; each comes from somebody else, unless `client` says from whom."""
    said = []
    path, _mark, query = path.partition("?")
    environ = {
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "HTTP_COOKIE": cookie,
        "REMOTE_ADDR": client or str(next(_clients)),
    }
    answer = turns(environ, lambda status, headers: said.append(status))
    return said[0], answer


def turns_of(application) -> Turns:
    def refuse(environ, start_response, status):
        start_response(str(status), [])
        return [b"busy"]

    return Turns(
        application,
        refuse=refuse,
        is_costly=lambda environ: "costly" in environ["PATH_INFO"],
        client_of=lambda environ: environ["REMOTE_ADDR"],
    )


@pytest.fixture
def crowd(monkeypatch):
    """(turns, ask, end): `ask` puts questions whose answers take until `end`, and waits until so many are at work."""
    monkeypatch.setattr(module, "PATIENCE", 60.0)
    gate, at_work, threads, statuses = threading.Event(), threading.Semaphore(0), [], []

    def work(environ, start_response):
        if environ["PATH_INFO"] != "/de/quick/":
            at_work.release()
            gate.wait(30)
        start_response("200 OK", [])
        return Answer(b"a")

    turns = turns_of(work)

    def ask(number: int, path: str, *, working: int, client: str = ""):
        def one():
            statuses.append(asked(turns, path, client=client)[0])

        new = [threading.Thread(target=one) for _one in range(number)]
        for one in new:
            one.start()
        threads.extend(new)
        for _one in range(working):
            assert at_work.acquire(timeout=30)

    def end() -> list[str]:
        gate.set()
        for one in threads:
            one.join(30)
        return statuses

    yield turns, ask, end
    end()


def test_one_too_many_is_refused_at_once(crowd):
    turns, ask, end = crowd
    ask(AT_ONCE, "/de/", working=AT_ONCE)
    ask(LINE, "/de/", working=0)
    in_line(turns._turns, LINE)
    assert asked(turns, "/de/quick/") == ("503", [b"busy"])
    free = ("/api/v1/changes/stream/", "/api/v1/changes/?wait=9", "/health/", "/static/a.css", "/metrics")
    for path in free:  # these stand outside
        ask(1, path, working=1)
    assert asked(turns, "/api/v1/changes/")[0] == "503"
    assert end() == ["200 OK"] * (AT_ONCE + LINE + len(free))
    assert asked(turns) == ("200 OK", [b"a"])


def test_costly_answers_leave_places_to_others(crowd):
    turns, ask, end = crowd
    ask(COSTLY, "/de/costly/", working=COSTLY)
    ask(COSTLY_LINE, "/de/costly/", working=0)
    in_line(turns._costly, COSTLY_LINE)
    assert asked(turns, "/de/costly/quick/")[0] == "503"
    assert asked(turns, "/de/quick/")[0] == "200 OK"
    assert end() == ["200 OK"] * (COSTLY + COSTLY_LINE)


def test_one_client_leaves_half_of_the_costly_answers_to_others(crowd):
    turns, ask, end = crowd
    ask(COSTLY, "/de/costly/", working=COSTLY // 2, client="10.9.9.9")
    in_line(turns._costly, COSTLY - COSTLY // 2)
    ask(COSTLY // 2, "/de/costly/", working=COSTLY // 2)
    assert end() == ["200 OK"] * (COSTLY + COSTLY // 2)


def test_a_crowd_keeps_nobody_out_who_is_signed_in(crowd):
    turns, ask, end = crowd
    ask(AT_ONCE, "/de/", working=AT_ONCE)
    ask(LINE, "/de/", working=0)
    in_line(turns._turns, LINE)
    assert asked(turns, "/admin/quick/")[0] == "503"
    assert asked(turns, "/de/quick/", "csrftoken=a; sessionid=b")[0] == "200 OK"
    assert asked(turns, "/de/costly/quick/", "sessionid=b")[0] == "503"  # costly answers are as many as ever
    assert end() == ["200 OK"] * (AT_ONCE + LINE)


def test_nobody_waits_for_ever(crowd, monkeypatch):
    turns, ask, _end = crowd
    monkeypatch.setattr(module, "PATIENCE", 0.01)
    ask(AT_ONCE, "/de/", working=AT_ONCE)
    assert asked(turns)[0] == "503"


def test_who_waits_for_news_is_counted_until_the_end():
    turns = turns_of(
        lambda environ, start_response: start_response("200 OK", []) or Answer(b"a", streaming=True)
    )
    places = LONG_POLLS + STREAMS + SPARE // 2
    streams = [asked(turns, "/api/v1/changes/stream/") for _one in range(places)]
    assert asked(turns, "/api/v1/changes/stream/")[0] == asked(turns, "/api/v1/changes/?wait=1")[0] == "503"
    assert (list(streams[0][1]), streams[0][1].close()) == ([b"a"], None)
    assert [asked(turns, "/api/v1/changes/stream/")[0] for _one in range(2)] == ["200 OK", "503"]
    turns = turns_of(lambda environ, start_response: start_response("200 OK", []) or Answer(b"a"))
    assert [asked(turns, "/api/v1/changes/?wait=1")[0] for _one in range(places + 1)] == ["200 OK"] * (
        places + 1
    )


def test_the_operator_is_told_how_many_connections_that_makes():
    assert f"workers × {SESSIONS} + 20" in (BASE_DIR / "README.md").read_text()


def test_an_answer_that_fails_gives_its_place_back():
    turns = turns_of(lambda environ, start_response: 1 / 0)
    for path in ["/de/"] * (AT_ONCE + LINE + 1) + ["/api/v1/changes/stream/"] * (
        LONG_POLLS + STREAMS + SPARE
    ):
        with pytest.raises(ZeroDivisionError):
            asked(turns, path)


def test_small_answers_are_sent_as_a_whole_and_large_ones_have_places_of_their_own():
    made = []

    def stream(environ, start_response):
        start_response("200 OK", [])
        size = AHEAD if environ["PATH_INFO"] == "/de/large/" else 1
        made.append(Answer(b"a" * size, b"b", b"c", streaming=True))
        return made[-1]

    turns = turns_of(stream)
    status, small = asked(turns)
    assert (status, isinstance(small, list), list(small), made[0].closed) == (
        "200 OK",
        True,
        [b"a", b"b", b"c"],
        1,
    )
    large = [asked(turns, "/de/large/") for _one in range(LARGE)]
    assert {status for status, _answer in large} == {"200 OK"}
    assert (asked(turns, "/de/large/"), made[-1].closed) == (("503", [b"busy"]), 1)
    assert asked(turns)[0] == "200 OK"
    assert b"".join(large[0][1]) == b"a" * AHEAD + b"bc"
    for _twice in range(2):
        large[0][1].close()
    assert (made[1].closed, asked(turns, "/de/large/")[0], asked(turns, "/de/large/")[0]) == (
        2,
        "200 OK",
        "503",
    )


def test_an_answer_that_breaks_off_is_closed():
    answer = Answer(b"a", streaming=True)
    answer.__class__ = type("Broken", (Answer,), {"__iter__": lambda self: iter(lambda: 1 / 0, None)})
    turns = turns_of(lambda environ, start_response: start_response("200 OK", []) or answer)
    with pytest.raises(ZeroDivisionError):
        asked(turns)
    assert answer.closed == 1
