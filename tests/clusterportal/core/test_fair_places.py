"""Places go to whoever holds the fewest, and nobody waits because somebody else asks for a lot."""

import threading
import time

import pytest

from clusterportal.core import fair_places as module
from clusterportal.core.fair_places import FairPlaces


def in_line(places: FairPlaces, number: int) -> None:
    """Waits until so many stand in the line."""
    end = time.monotonic() + 30
    while len(places._waiting) < number:
        assert time.monotonic() < end, f"{len(places._waiting)} stand in the line"
        time.sleep(0.001)


@pytest.fixture
def people(monkeypatch):
    """`ask(places, client)` asks in a thread; `heard(number)` are as many answers: (client, whether it got a place)."""
    monkeypatch.setattr(module, "PATIENCE", 30.0)
    told, threads = [], []

    def ask(places: FairPlaces, client: str) -> None:
        before = [*places._waiting]
        one = threading.Thread(target=lambda: told.append((client, places.take(client))))
        one.start()
        threads.append(one)
        while one.is_alive() and places._waiting == before:
            time.sleep(0.001)

    def heard(number: int) -> list[tuple[str, bool]]:
        while len(told) < number:
            time.sleep(0.001)
        return told

    yield ask, heard
    for one in threads:
        one.join(30)


def test_who_holds_the_fewest_comes_first(people):
    ask, heard = people
    places = FairPlaces(2, 9)
    assert [places.take("greedy"), places.take("greedy")] == [True, True]
    for client in ("greedy", "greedy", "other", "greedy", "third"):
        ask(places, client)
    for number, (leaves, comes) in enumerate(
        [
            ("greedy", "other"),
            ("greedy", "greedy"),
            ("other", "third"),
            ("third", "greedy"),
            ("greedy", "greedy"),
        ],
        start=1,
    ):
        places.give_back(leaves)
        assert heard(number)[-1] == (comes, True)


def test_one_client_leaves_a_place_to_the_others(people):
    ask, heard = people
    places = FairPlaces(2, 9, each=1)
    assert places.take("greedy")
    ask(places, "greedy")
    assert places.take("other")
    places.give_back("other")  # which is free for anybody but the greedy one
    in_line(places, 1)
    assert places.take("third")
    places.give_back("greedy")
    assert heard(1) == [("greedy", True)]
    assert (places._free, dict(places._held)) == (0, {"third": 1, "greedy": 1})


def test_in_a_full_line_the_last_of_who_stands_there_most_gives_way(people):
    ask, heard = people
    places = FairPlaces(1, 3)
    assert places.take("somebody")
    for client in ("greedy", "other", "greedy"):
        ask(places, client)
    ask(places, "third")
    assert heard(1) == [("greedy", False)]
    assert [one.client for one in places._waiting] == ["greedy", "other", "third"]
    assert not places.take("fourth")  # all stand there once: the line is full
    for number, client in enumerate(("somebody", "greedy", "other"), start=2):
        places.give_back(client)
        heard(number)
    assert heard(4)[1:] == [("greedy", True), ("other", True), ("third", True)]
    places.give_back("third")
    assert (places._free, dict(places._held), places._waiting) == (1, {}, [])


def test_nobody_waits_for_ever(monkeypatch):
    monkeypatch.setattr(module, "PATIENCE", 0.01)
    places = FairPlaces(1, 1)
    assert [places.take("a"), places.take("b"), places._waiting] == [True, False, []]
    assert not FairPlaces(0, 0).take("a")
