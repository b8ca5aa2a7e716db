"""The change feed: what it tells, in which order, and that a copy that follows it is the registry."""

import random
from datetime import timedelta

import pytest
from django.utils import timezone

from actors.models import (
    Actor,
    ActorRelation,
    ActorTopic,
    ContactPerson,
    LayerPlacement,
    Membership,
    Topic,
)
from clusterportal.partners.domain import feed
from clusterportal.partners.models import FeedEntry, FeedState
from tests.clusterportal.partners.mirror import Mirror, asking, snapshot
from tests.factories import make_actor, make_area, make_chain, make_cluster

pytestmark = pytest.mark.django_db
CHANGES = "/api/v1/changes/"


def entries(client, since="", **question):
    answer = client.get(CHANGES, {"since": since, **question})
    assert answer.status_code == 200, answer.content
    return answer.json()


def told(page) -> list[tuple]:
    """What the entries say; the moment of a test's one transaction is always the same."""
    return [
        (one["op"], one["object"], one["slug"], [name for name in one["fields"] if name != "updated_at"])
        for one in page["changes"]
    ]


@pytest.fixture
def cursor(client):
    """Where the feed stands once the layers are told of."""
    make_chain()
    return entries(client)["next_cursor"]


def test_an_actor_appears_changes_and_goes(client, cursor):
    actor = make_actor("Muster GmbH", slug="muster", state="draft")
    assert entries(client, cursor)["changes"] == []  # a draft is nobody's news
    actor.state, actor.published_at = "published", timezone.now()
    actor.save()
    page = entries(client, cursor)
    assert page["changes"] == [
        {
            "cursor": page["next_cursor"],
            "at": page["changes"][0]["at"],
            "object": "actor",
            "uid": str(actor.uid),
            "slug": "muster",
            "op": "published",
            "url": "http://testserver/api/v1/actors/muster/",
            "merged_into": None,
            "fields": [],
        }
    ]
    assert page["has_more"] is False
    actor.website = "https://muster.example"
    actor.save()
    second = entries(client, page["next_cursor"])
    assert told(second) == [("updated", "actor", "muster", ["website"])]
    actor.state = "archived"
    actor.save()
    third = entries(client, second["next_cursor"], include="record")
    assert told(third) == [("withdrawn", "actor", "muster", [])]
    assert third["changes"][0]["record"] is None
    assert [one["op"] for one in entries(client, cursor)["changes"]] == ["published", "updated", "withdrawn"]
    assert [one["op"] for one in entries(client, cursor, latest="1")["changes"]] == ["withdrawn"]


def test_whoever_shows_what_was_renamed_is_told_of(client, cursor):
    area, cluster = make_area(), make_cluster()
    topic = Topic.objects.create(slug="thema", name_de="Thema", name_en="Topic")
    one = make_actor("Eins", slug="eins", areas=[area], clusters=[cluster])
    two = make_actor("Zwei", slug="zwei")
    ActorTopic.objects.create(actor=one, topic=topic)
    ActorRelation.objects.create(source=one, target=two, kind="research")
    since = entries(client, cursor)["next_cursor"]

    def news_of(record, **changes) -> set[tuple]:
        nonlocal since
        for name, value in changes.items():
            setattr(record, name, value)
        record.save()
        page = entries(client, since)
        since = page["next_cursor"]
        return {(op, kind, slug, *fields) for op, kind, slug, fields in told(page)}

    assert news_of(area, name_de="Anders") == {
        ("updated", "area", area.slug, "name"),
        ("updated", "actor", "eins", "areas"),
    }
    assert news_of(area, is_active=False) == {
        ("withdrawn", "area", area.slug),
        ("updated", "actor", "eins", "areas"),
    }
    assert news_of(cluster, name_de="Anders") == {
        ("updated", "cluster", cluster.slug, "name"),
        ("updated", "actor", "eins", "clusters", "memberships"),
    }
    assert news_of(topic, name_de="Anders") == {
        ("updated", "topic", "thema", "name"),
        ("updated", "actor", "eins", "topics"),
    }
    assert news_of(two, name="Zwo") == {
        ("updated", "actor", "zwei", "name"),
        ("updated", "actor", "eins", "relations"),
        ("updated", "relation", None, "target"),
    }
    assert news_of(two, state="archived") == {
        ("withdrawn", "actor", "zwei"),
        ("updated", "actor", "eins", "relations"),
        ("withdrawn", "relation", None),
    }
    assert news_of(one, state="archived") == {("withdrawn", "actor", "eins"), ("withdrawn", "topic", "thema")}


def test_a_copy_that_follows_is_the_registry(client):
    """Acts at random; after each dozen the copy equals a fresh snapshot, whatever page ends where."""
    chance = random.Random(15)
    layers = make_chain()
    areas = [make_area(f"area-{number}", name_de=f"Feld {number}") for number in range(3)]
    clusters = [make_cluster(f"cluster-{number}") for number in range(2)]
    topics = [
        Topic.objects.create(slug=f"t-{n}", name_de=f"Thema {n}", name_en=f"Topic {n}") for n in range(4)
    ]
    for number in range(8):
        make_actor(f"Akteur {number}", layers=[chance.randint(1, 5)], areas=[chance.choice(areas)])
    ask = asking(client)
    mirror, late = Mirror(ask), Mirror(ask, limit=1)
    mirror.copy()

    def some(queryset):
        return queryset.order_by("?").first() or make_actor(clusters=[chance.choice(clusters)])

    def change_state():
        actor = some(Actor.objects.all())
        actor.state = chance.choice(["draft", "published", "archived"])
        actor.published_at = actor.published_at or timezone.now()
        actor.save()

    def relate():
        pair = list(Actor.objects.order_by("?")[:2])
        if len(pair) == 2 and not ActorRelation.objects.filter(source__in=pair, target__in=pair).exists():
            ActorRelation.objects.create(source=pair[0], target=pair[1], kind="supply")

    def rename():
        record = chance.choice([*areas, *clusters, *layers, *topics])
        record.refresh_from_db()
        record.name_de = f"Name {chance.random()}"
        record.save()

    def hide():
        record = chance.choice([*areas, *clusters])
        record.refresh_from_db()
        record.is_active = not record.is_active
        record.save()

    acts = [
        change_state, change_state, relate, rename, hide,
        lambda: make_actor(f"Neu {chance.random()}", clusters=[chance.choice(clusters)]),
        lambda: some(Actor.objects.all()).delete(),
        lambda: Actor.objects.filter(pk=some(Actor.objects.all()).pk).update(name=f"Um {chance.random()}"),
        lambda: ActorTopic.objects.get_or_create(actor=some(Actor.objects.all()), topic=chance.choice(topics)),
        lambda: ActorTopic.objects.filter(topic=chance.choice(topics)).delete(),
        lambda: Membership.objects.update(is_cleared=bool(chance.getrandbits(1))),
        lambda: LayerPlacement.objects.filter(layer=chance.choice(layers)).update(note_de=f"{chance.random()}"),
        lambda: ContactPerson.objects.create(actor=some(Actor.objects.all()), name="E. Beispiel",
                                             consent_on=timezone.localdate()),
        lambda: ContactPerson.objects.update(consent_on=None),
        lambda: ActorRelation.objects.filter(pk__in=ActorRelation.objects.values("pk")[:1]).delete(),
    ]  # fmt: skip
    for _round in range(6):
        for _act in range(12):
            chance.choice(acts)()
        mirror.follow()
        assert mirror.records == snapshot(ask)[1]
    late.follow()
    assert late.records == mirror.records
    numbers = list(FeedEntry.objects.values_list("position", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_page_ends_with_a_transaction(client, cursor):
    for number in range(5):
        make_actor(f"Akteur {number}")
    page = entries(client, cursor, limit=2)
    assert [len(page["changes"]), page["has_more"]] == [5, False]
    assert entries(client, page["changes"][1]["cursor"], limit=2)["changes"] == page["changes"][2:]


def test_a_cursor_of_before_is_gone_and_says_where_to_go_on(client, cursor):
    FeedState.objects.update(epoch="0123abcd")  # as after a restore
    answer = client.get(CHANGES, {"since": cursor})
    assert answer.status_code == 410
    assert answer.json()["snapshot"] == "http://testserver/api/v1/snapshot/"
    assert client.get(CHANGES, {"since": "nonsense"}).status_code == 400
    for question in ("limit=0", "limit=1001", "wait=26", "latest=2", "include=all", "since=&since="):
        assert client.get(f"{CHANGES}?{question}").status_code == 400, question


def test_what_is_older_than_the_feed_goes_back_is_gone(client, cursor):
    make_actor("Alt")
    since = entries(client, cursor)["next_cursor"]
    FeedEntry.objects.update(at=timezone.now() - feed.KEPT - timedelta(days=1))
    make_actor("Neu")
    page = entries(client, since)
    feed.forget_old_entries()
    assert entries(client, since) == page
    assert client.get(CHANGES, {"since": cursor}).status_code == 410


def test_a_record_comes_with_the_entry_that_tells_of_it_and_no_earlier(client, cursor, monkeypatch):
    """Public again before the feed tells so: a copy that took it from an older entry might keep it for ever."""
    actor = make_actor("Muster", slug="muster")
    entries(client)
    Actor.objects.filter(pk=actor.pk).update(state="archived")
    entries(client)
    Actor.objects.filter(pk=actor.pk).update(state="published")
    with monkeypatch.context() as patch:
        patch.setattr("clusterportal.partners.api.state.sequence", lambda **options: False)
        early = entries(client, cursor, include="record")["changes"]
    assert [(one["op"], one["record"]) for one in early] == [("published", None), ("withdrawn", None)]
    told = entries(client, cursor, include="record")["changes"]
    assert [(one["op"], one["record"]["slug"]) for one in told] == [
        ("published", "muster"),
        ("withdrawn", "muster"),
        ("published", "muster"),
    ]
