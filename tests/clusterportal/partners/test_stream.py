"""The feed as server-sent events: it begins where the client was, says when nothing can be told, and is bounded."""

import json
import threading

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from clusterportal.partners.api import changes, stream
from clusterportal.partners.domain.listening import Listener
from clusterportal.partners.domain.sequencing import sequence
from clusterportal.partners.models import FeedEntry, FeedState
from tests.factories import make_actor, make_chain

STREAM = "/api/v1/changes/stream/"


class Told:
    """Instead of waiting: the next of `acts`, after which there is news; without one, silence."""

    def __init__(self, *acts):
        self.acts = list(acts)

    def mark(self) -> int:
        return 0

    def wait(self, mark: int, seconds: float) -> bool:
        if not self.acts:
            return False
        self.acts.pop(0)()
        sequence()
        return True


def event(block: bytes) -> dict:
    lines = [line.partition(": ") for line in block.decode().strip().split("\n")]
    return {name: json.loads(value) if name == "data" else value for name, _colon, value in lines}


@pytest.fixture
def cursor(client, db, monkeypatch):
    """Where the feed stands. The end of a stream closes connections, here inside of a transaction: so they stay."""
    make_chain()
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    monkeypatch.setattr("django.test.client.close_old_connections", lambda **given: None)
    yield client.get("/api/v1/changes/").json()["next_cursor"]
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def test_a_stream_goes_on_where_the_client_was(client, cursor, monkeypatch):
    make_actor("Eins", slug="eins")
    monkeypatch.setattr(stream, "news", Told(lambda: make_actor("Zwei", slug="zwei")))
    answer = client.get(STREAM, headers={"Last-Event-ID": cursor, "Accept": "text/event-stream"})
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/event-stream")
    assert answer["Cache-Control"].startswith("no-cache")
    parts = iter(answer.streaming_content)
    assert event(next(parts)) == {"retry": "3000", "id": cursor}
    pages = client.get("/api/v1/changes/", {"since": cursor}).json()["changes"]
    assert event(next(parts)) == {"id": pages[0]["cursor"], "data": pages[0]}
    second = event(next(parts))
    assert (second["data"]["slug"], second["id"]) == ("zwei", second["data"]["cursor"])
    assert next(parts) == b": nothing new\n\n"
    answer.close()
    monkeypatch.setattr(stream, "LONGEST_CONNECTION", 0.0)
    again = client.get(STREAM, {"since": second["id"]})
    assert [event(part)["id"] for part in again.streaming_content] == [second["id"]]


def test_a_stream_without_a_cursor_begins_now(client, cursor, monkeypatch):
    make_actor("Vorher")
    monkeypatch.setattr(stream, "LONGEST_CONNECTION", 0.0)
    now = client.get("/api/v1/changes/").json()["next_cursor"]
    assert [event(part) for part in client.get(STREAM).streaming_content] == [{"retry": "3000", "id": now}]


def test_an_expired_cursor_is_told_to_begin_anew(client, cursor, monkeypatch):
    restored = [lambda: FeedState.objects.update(epoch="89abcdef"), lambda: make_actor("Neu", slug="neu")]
    monkeypatch.setattr(stream, "news", Told(*restored))
    FeedState.objects.update(epoch="01234567")  # as after a restore
    parts = iter(client.get(STREAM, headers={"Last-Event-ID": cursor}).streaming_content)
    now = event(next(parts))["id"]
    reset = {"event": "reset", "id": now, "data": {"snapshot": "http://testserver/api/v1/snapshot/"}}
    assert event(next(parts)) == reset
    third = event(next(parts))  # once more, while somebody listens
    assert (third["event"], third["id"] != now) == ("reset", True)
    assert event(next(parts))["data"]["slug"] == "neu"


def test_streams_are_bounded_and_give_their_place_back(client, cursor, monkeypatch):
    monkeypatch.setattr(stream, "_places", threading.BoundedSemaphore(1))
    first = client.get(STREAM)
    assert client.head(STREAM).status_code == 200
    full = client.get(STREAM)
    assert (full.status_code, full["Retry-After"], full["Content-Type"]) == (
        503,
        "30",
        "application/problem+json",
    )
    first.close()
    client.get(STREAM).close()
    for question in ({"since": "x"}, {"since": "x" * 10_000}, {"limit": "1"}):
        assert client.get(STREAM, question).status_code == 400, question
    assert "Last-Event-ID" in client.get(STREAM, headers={"Last-Event-ID": "nonsense"}).json()["errors"]


def test_a_long_poll_answers_as_soon_as_there_is_news(client, cursor, monkeypatch):
    monkeypatch.setattr(changes, "news", Told(lambda: None, lambda: make_actor("Neu", slug="neu")))
    page = client.get("/api/v1/changes/", {"since": cursor, "wait": "20"}).json()
    assert [one["slug"] for one in page["changes"]] == ["neu"]
    monkeypatch.setattr(changes, "_waiting", threading.BoundedSemaphore(1))
    assert changes._waiting.acquire(blocking=False)  # as many wait as may: the answer comes at once
    page = client.get("/api/v1/changes/", {"since": page["next_cursor"], "wait": "20"}).json()
    assert page["changes"] == []


def test_who_waits_is_woken_by_the_database(transactional_db):
    make_actor("Anna", slug="anna")
    sequence()
    listener = Listener()
    try:
        assert listener.wait(listener.mark(), 20)  # it listens
        mark = listener.mark()
        make_actor("Bert", slug="bert")
        assert listener.wait(mark, 20)
        assert FeedEntry.objects.last().slug == "bert"  # numbered by whoever listened
    finally:
        listener._wanted = float("-inf")
        if listener._thread:
            listener._thread.join()
