"""What a lease promises: whoever looks after a commit sees it, however often somebody asked just before."""

import re
import threading
import time

import pytest
from django.db import connection, connections, transaction

from clusterportal.history import data_version
from clusterportal.history.data_version import current_version
from tests.factories import make_actor

pytestmark = pytest.mark.django_db(transaction=True)


def rename(number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE actors_actor SET name = %s", [f"Institut {number}"])


@pytest.fixture
def busy_reader():
    """Another thread that takes one lease after the other."""
    stop, begun = threading.Event(), threading.Event()

    def read():
        while not stop.is_set():
            current_version()
            begun.set()
        connection.close()

    thread = threading.Thread(target=read)
    thread.start()
    begun.wait()
    yield
    stop.set()
    thread.join()


def test_no_lease_outlives_a_commit(busy_reader):
    make_actor("Institut")
    seen = []
    for number in range(50):
        rename(number)
        seen.append(current_version())
    assert len(set(seen)) == 50


def test_who_writes_waits_longer_than_a_lease():
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'registry_raise_revision'")
        assert float(re.search(r"pg_sleep\((.+?)\)", cursor.fetchone()[0])[1]) > data_version.LEASE


def test_within_a_lease_nobody_asks(monkeypatch):
    monkeypatch.setattr(data_version, "_lease", ("kept", time.monotonic() + 60))
    assert current_version() == "kept"
    monkeypatch.setattr(data_version, "_lease", ("kept", time.monotonic()))
    assert current_version() != "kept"


def test_in_the_last_part_one_asks_and_the_others_go_on(monkeypatch):
    monkeypatch.setattr(data_version, "LAST_PART", 60)
    monkeypatch.setattr(data_version, "_lease", ("kept", time.monotonic() + 30))
    assert data_version.leased_version() is None
    with data_version._asking:  # somebody does already
        assert data_version.leased_version() == "kept"
        monkeypatch.setattr(data_version, "_lease", ("kept", time.monotonic()))
        assert data_version.leased_version() is None
        assert current_version() not in (None, "kept")  # whoever asks does not answer: nobody waits for long


def test_while_somebody_commits_no_lease_is_given():
    make_actor("Institut")
    before = current_version()
    own = threading.Thread(target=_ask_twice, args=(seen := [],))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE actors_actor SET name = 'Umbenannt'")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # the revision is raised, but not committed
        own.start()
        own.join()
    assert seen == [(before, False), (before, False)]
    assert current_version() != before


def _ask_twice(seen: list) -> None:
    for _turn in range(2):
        seen.append(data_version._asked(connections["default"]))
    connection.close()


def test_inside_a_transaction_nothing_hangs_on_it():
    with transaction.atomic():
        assert current_version() is None
