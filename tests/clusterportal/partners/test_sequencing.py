"""Numbers follow the order of becoming visible; nothing is missed, and nobody waits for who is still writing."""

import threading
from datetime import date

import psycopg
import pytest
from django.db import OperationalError, connection, transaction

from actors.models import (
    Actor,
    ActorAlias,
    ActorRelation,
    ActorTopic,
    ApplicationFocus,
    ContactPerson,
    Identifier,
    LayerPlacement,
    Membership,
    Service,
    Topic,
)
from clusterportal.partners.domain import feed, sequencing
from clusterportal.partners.domain.sequencing import NOTED, NUMBERED, sequence
from clusterportal.partners.models import FeedEntry, FeedNote, FeedState
from tests import elsewhere
from tests.factories import make_actor, make_area, make_chain, make_cluster

RENAME = "UPDATE actors_actor SET name = %s WHERE slug = %s"


@pytest.fixture
def registry(transactional_db):
    """Two published actors that the feed has told of."""
    for slug in ("anna", "bert"):
        make_actor(slug.title(), slug=slug)
    sequence()


@pytest.fixture
def chain_of_parts(registry) -> list[str]:
    """Anna with one of each part; the tables of them."""
    chain, anna = make_chain(), Actor.objects.get(slug="anna")
    topic = Topic.objects.create(slug="t", name_de="Thema", name_en="Topic")
    parts = [
        LayerPlacement.objects.create(actor=anna, layer=chain[0]),
        ApplicationFocus.objects.create(actor=anna, area=make_area()),
        Membership.objects.create(actor=anna, cluster=make_cluster()),
        ActorTopic.objects.create(actor=anna, topic=topic),
        Service.objects.create(actor=anna, title_de="Messen"),
        Identifier.objects.create(actor=anna, scheme="ror", value="019hjw009"),
        ContactPerson.objects.create(actor=anna, name="Ada", consent_on=date(2026, 1, 1)),
        ActorAlias.objects.create(actor=anna, name="Anni"),
        ActorRelation.objects.create(source=anna, target=Actor.objects.get(slug="bert"), kind="supply"),
    ]
    return [part._meta.db_table for part in parts]


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


def test_a_large_transaction_holds_up_nobody(registry, client, monkeypatch):
    """An import is compared piece by piece; others come in between, and it is told as one in the end."""
    monkeypatch.setattr(sequencing, "LARGE", 3)
    monkeypatch.setattr(sequencing, "_PIECE", 2)
    since, cursor = last(), client.get("/api/v1/changes/").json()["next_cursor"]

    def rename(slug: str, name: str) -> None:
        Actor.objects.filter(slug=slug).update(name=name)
        sequence(at_most=3)

    def told() -> list[tuple[int, str, str]]:
        found = FeedEntry.objects.filter(position__gt=since).values_list("position", "slug", "op")
        return [(position - since, *about) for position, *about in found]

    with transaction.atomic():
        for number in range(5):
            make_actor(f"Neu {number}", slug=f"neu-{number}")
    assert sequence(at_most=3)  # of whoever asks for a page
    assert told() == []
    rename("anna", "Anna eins")
    assert told() == [(1, "anna", "updated")]
    assert sequencing._alone(sequencing._number_piece)
    rename("bert", "Bert eins")
    rename("neu-0", "Neu null")  # told of as a draft: its news comes behind
    rename("neu-4", "Neu vier")  # not told of yet
    assert told() == [(1, "anna", "updated"), (2, "bert", "updated")]
    assert sequence()
    rest = (
        [f"neu-{number}" for number in (0, 1)] + ["neu-0", "neu-4"] + [f"neu-{number}" for number in (2, 3)]
    )
    assert [slug for _position, slug, _op in told()[2:]] == rest
    assert [op for _position, slug, op in told() if slug == "neu-0"] == ["published", "updated"]
    page = client.get("/api/v1/changes/", {"since": cursor, "limit": 3}).json()
    assert (len(page["changes"]), page["has_more"]) == (8, False)  # not cut
    assert (FeedState.objects.get().drafting, FeedNote.objects.count()) == (None, 0)


def test_a_part_is_changed_under_the_lock_of_its_actor(registry, chain_of_parts):
    """So two who change parts of one actor come one after the other, and so do their entries."""
    for table in chain_of_parts:
        with psycopg.connect(elsewhere.address()) as slow:
            slow.execute(f"DELETE FROM {table}")
            with pytest.raises(OperationalError, match="could not obtain lock"), transaction.atomic():
                Actor.objects.select_for_update(nowait=True).get(slug="anna")
            slow.rollback()


def test_notifications_say_look_and_nothing_else(registry):
    with psycopg.connect(elsewhere.address(), autocommit=True) as listening:
        listening.execute(f"LISTEN {NOTED}; LISTEN {NUMBERED}")
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            make_actor("Nie")
            raise ZeroDivisionError
        with transaction.atomic():
            for number in range(3):
                make_actor(f"Neu {number}")
        sequence()
        sequence()  # finds nothing, says nothing
        heard = [(one.channel, one.payload) for one in listening.notifies(timeout=10, stop_after=2)]
        assert heard == [(NOTED, "look"), (NUMBERED, "look")]
        assert list(listening.notifies(timeout=0)) == []


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
