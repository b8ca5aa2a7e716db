"""Numbers follow the order of becoming visible; nothing is missed, and nobody waits for who is still writing."""

import threading

import psycopg
import pytest
from django.db import connection

from actors.models import Actor
from clusterportal.partners.domain import feed, sequencing
from clusterportal.partners.domain.sequencing import sequence
from clusterportal.partners.models import FeedEntry, FeedNote, FeedState
from tests import elsewhere
from tests.factories import make_actor

RENAME = "UPDATE actors_actor SET name = %s WHERE slug = %s"


@pytest.fixture
def registry(transactional_db):
    """Two published actors that the feed has told of."""
    for slug in ("anna", "bert"):
        make_actor(slug.title(), slug=slug)
    sequence()


def news(since: int) -> list[tuple[int, str]]:
    sequence()
    found = FeedEntry.objects.filter(position__gt=since).values_list("position", "slug")
    return [(position - since, slug) for position, slug in found]


def last() -> int:
    return FeedState.objects.get().position


def test_who_commits_late_comes_late_and_holds_up_nobody(registry):
    since = last()
    with psycopg.connect(elsewhere.address()) as slow:
        slow.execute(RENAME, ["Anna spät", "anna"])
        Actor.objects.filter(slug="bert").update(name="Bert früh")
        assert news(since) == [(1, "bert")]
        assert news(since) == [(1, "bert")]  # asked again while the other one is still writing
        slow.commit()
    assert news(since) == [(1, "bert"), (2, "anna")]
    assert not FeedNote.objects.exists()


def test_what_is_rolled_back_was_never_news(registry):
    since = last()
    with psycopg.connect(elsewhere.address()) as other:
        other.execute(RENAME, ["Nie", "anna"])
        other.rollback()
    assert news(since) == []


def test_an_entry_and_its_note_go_together(registry, monkeypatch):
    """A sequencer that ends in between leaves the notes for the next one."""
    since = last()
    Actor.objects.filter(slug="anna").update(name="Anna neu")
    with monkeypatch.context() as patch:
        patch.setattr(sequencing, "compare", lambda due: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            sequence()
    assert news(since) == [(1, "anna")]


def test_two_sequencers_tell_everything_once(registry):
    since = last()
    for number in range(6):
        make_actor(f"Neu {number}", slug=f"neu-{number}")

    def at_once():
        sequence()
        connection.close()

    threads = [threading.Thread(target=at_once) for _number in range(3)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert [position for position, _slug in news(since)] == [1, 2, 3, 4, 5, 6]


def test_a_reader_does_not_wait_for_ever(registry, monkeypatch):
    monkeypatch.setattr(sequencing, "_PATIENCE", "10ms")
    with psycopg.connect(elsewhere.address()) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", [sequencing._LOCK])
        Actor.objects.filter(slug="anna").update(name="Anna neu")
        assert sequence() is False
    assert sequence() is True


def test_who_waits_for_a_page_is_not_kept_by_much_work(registry, client, monkeypatch):
    since = last()
    Actor.objects.update(website="https://neu.example")
    assert sequence(at_most=1) is False
    assert last() == since
    assert sequence(at_most=2) is True
    assert last() == since + 2
    FeedState.objects.all().delete()  # a registry that is not told of yet
    monkeypatch.setattr(feed, "AT_MOST", 1)
    for address in ("changes", "snapshot"):
        answer = client.get(f"/api/v1/{address}/")
        assert (answer.status_code, answer.json()["title"]) == (503, "Im Moment nicht verfügbar")
    sequence()
    assert client.get("/api/v1/changes/").status_code == 200


def test_an_emptied_table_withdraws_everything(registry):
    since = last()
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE actors_actor CASCADE")
    assert news(since) == [(1, "anna"), (2, "bert")]
    assert {*FeedEntry.objects.filter(position__gt=since).values_list("op", flat=True)} == {"withdrawn"}


def test_a_restored_database_begins_a_life_of_its_own(registry):
    former = FeedState.objects.get().epoch
    with connection.cursor() as cursor:  # as a restore leaves them
        cursor.execute(
            "TRUNCATE partners_feednote, partners_toldrecord, partners_feedstate, partners_feedentry"
        )
    sequence()
    state = FeedState.objects.get()
    assert state.epoch != former
    assert list(FeedEntry.objects.values_list("slug", "op")) == [("anna", "published"), ("bert", "published")]
