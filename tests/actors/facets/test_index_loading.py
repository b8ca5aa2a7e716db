"""The facet index is right after every commit, whoever writes, and counts what the database would count."""

import pghistory
import psycopg
import pytest
from django.db import OperationalError, connection, transaction

from actors.facets import index_loading
from actors.facets.definitions import DETAILS, PAIRS
from actors.facets.index_loading import current_index, read_ahead
from actors.models import (
    Actor,
    ActorRelation,
    ActorTopic,
    ApplicationFocus,
    LayerPlacement,
    Membership,
    Topic,
)
from applications.models import ApplicationArea
from clusterportal.clusters.models import Cluster
from layers.models import Layer
from tests import elsewhere
from tests.factories import make_actor, make_area, make_chain, make_cluster


@pytest.fixture
def registry(transactional_db, monkeypatch):
    """A committed registry, and a process that has not read it yet."""
    monkeypatch.setattr(index_loading, "_latest", None)
    make_chain()
    area, cluster = make_area(), make_cluster()
    return [
        make_actor(f"Institut {number}", layers=[1, 2], areas=[area], clusters=[cluster], founded=1950)
        for number in range(5)
    ]


def everything() -> dict:
    """What the index counts of everybody; compared with the same counted by the database."""
    index = current_index()
    cells = index.cross_counts("layer", "area", index.everybody())
    return {"keys": index.keys.tolist(), "cells": cells, **{name: index.counts(name) for name in PAIRS}}


def cities() -> dict[str, int]:
    return current_index().counts("city")


def counted() -> dict:
    public = Actor.objects.published()
    ends = list(ActorRelation.objects.public().values_list("pk", "kind", "source", "target"))
    related = [(pk, kind, end) for pk, kind, *both in ends for end in both]

    def number(pairs) -> dict:
        found: dict = {}
        for value, _actor in set(pairs):
            found[value] = found.get(value, 0) + 1
        return found

    def by(model, column, **narrowed) -> dict:
        return number(model.objects.filter(actor__in=public, **narrowed).values_list(column, "actor"))

    def words(column) -> dict:
        return number(
            (str(text), pk) for text, pk in public.values_list(column, "pk") if text not in ("", None)
        )

    cells = [
        ((placement.layer.slug, area), placement.actor_id)
        for placement in LayerPlacement.objects.filter(actor__in=public).select_related("layer")
        for area in ApplicationFocus.objects.filter(actor=placement.actor_id).values_list(
            "area__slug", flat=True
        )
    ]
    details = {
        "website": public.exclude(website="").count(),
        "coordinates": public.located().count(),
        "logo": public.exclude(logo="").count(),
        "relations": len({end for _pk, _kind, end in related}),
    }
    return {
        "keys": sorted(public.values_list("pk", flat=True)),
        "cells": number(cells),
        **{name: words(name) for name in ("kind", "city", "size", "country", "founded")},
        "state": words("state_name"),
        "layer": by(LayerPlacement, "layer__slug"),
        "area": by(ApplicationFocus, "area__slug"),
        "cluster": by(Membership, "cluster__slug", is_cleared=True),
        "topic": by(ActorTopic, "topic__slug"),
        "has": {name: details[name] for name in DETAILS if details[name]},
        "relation": number((kind, end) for _pk, kind, end in related),
        "relation_id": number((str(pk), end) for pk, _kind, end in related),
    }


def sql(text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text)


WRITERS = {
    "a new one": lambda: make_actor("Neu", city="Köln", layers=[5], areas=[make_area("late")]),
    "a draft": lambda: make_actor("Entwurf", state="draft"),
    "by the model": lambda: Actor.objects.get(slug="institut-4").delete(),
    "in bulk": lambda: Actor.objects.update(kind="company", website="https://example.org/"),
    "withdrawn": lambda: Actor.objects.filter(slug="institut-1").update(state="draft"),
    "by SQL": lambda: sql("UPDATE actors_actor SET city = 'Bonn', latitude = 1, longitude = 2 WHERE name LIKE '%3'"),
    "a part by SQL": lambda: sql(
        "DELETE FROM actors_layerplacement p USING layers_layer l WHERE l.id = p.layer_id AND l.position = 2"
    ),
    "a placement": lambda: LayerPlacement.objects.create(
        actor=Actor.objects.get(slug="institut-2"), layer=Layer.objects.get(position=4)
    ),
    "all parts": lambda: ApplicationFocus.objects.all().delete(),
    "a table emptied": lambda: sql("TRUNCATE actors_membership"),
    "a membership not cleared": lambda: Membership.objects.filter(actor__slug="institut-0").update(is_cleared=False),
    "a topic": lambda: ActorTopic.objects.create(
        actor=Actor.objects.get(slug="institut-0"), topic=Topic.objects.create(slug="heat", name_de="Wärme")
    ),
    "a member twice": lambda: Membership.objects.create(
        actor=Actor.objects.get(slug="institut-2"), cluster=Cluster.objects.get(), kind="management"
    ),
    "the slug of an area": lambda: ApplicationArea.objects.filter(slug="health-medtech").update(slug="renamed"),
    "the slug of a cluster": lambda: Cluster.objects.update(slug="renamed"),
    "a relation": lambda: ActorRelation.objects.create(
        source=Actor.objects.get(slug="institut-0"), target=Actor.objects.get(slug="institut-1"), kind="supply"
    ),
}  # fmt: skip


@pytest.mark.parametrize("write", WRITERS.values(), ids=WRITERS)
def test_right_after_each_commit(registry, write):
    assert everything() == counted()
    write()
    assert everything() == counted()


def test_right_after_one_commit_upon_another(registry):
    for write in WRITERS.values():
        write()
        assert everything() == counted()


def test_a_relation_goes_with_either_end(registry):
    ActorRelation.objects.create(source=registry[0], target=registry[1], kind="supply")
    assert everything()["has"]["relations"] == 2
    Actor.objects.filter(pk=registry[1].pk).update(state="draft")
    assert everything() == counted() and "relations" not in everything()["has"]
    Actor.objects.filter(pk=registry[1].pk).update(state="published")
    assert everything() == counted() and everything()["has"]["relations"] == 2


def test_right_after_another_process_wrote(registry):
    assert cities() == {"Leipzig": 5}
    elsewhere.execute("UPDATE actors_actor SET city = 'Ulm' WHERE slug = 'institut-2'")
    assert cities() == {"Leipzig": 4, "Ulm": 1}


def test_who_commits_late_is_not_missed(registry):
    """A transaction that began before a reading and ends after it belongs to the next one."""
    with psycopg.connect(elsewhere.address()) as late:
        late.execute("UPDATE actors_actor SET city = 'Ulm' WHERE slug = 'institut-2'")
        Actor.objects.filter(slug="institut-3").update(city="Bonn")
        assert cities() == {"Leipzig": 4, "Bonn": 1}
    assert cities() == {"Leipzig": 3, "Bonn": 1, "Ulm": 1}


def test_what_is_not_committed_is_seen_by_its_writer_alone(registry):
    before = current_index()
    with transaction.atomic():
        Actor.objects.update(city="Ulm")
        assert cities() == {"Ulm": 5}
        transaction.set_rollback(True)
    assert current_index() is before


def test_the_first_visitor_does_not_wait_for_it(registry, django_assert_num_queries):
    read_ahead()
    with django_assert_num_queries(0):
        assert len(current_index().keys) == 5


def test_a_database_that_is_away_is_told_to_who_asks(registry, monkeypatch):
    def away(version=None):
        raise OperationalError("no route to host")

    monkeypatch.setattr(index_loading, "current_index", away)
    read_ahead()
    monkeypatch.undo()
    assert len(current_index().keys) == 5


def test_a_change_reads_the_changed_alone(registry, django_assert_num_queries):
    before = current_index()
    Topic.objects.create(slug="heat", name_de="Wärme")
    with django_assert_num_queries(1):  # the notes: no actor
        assert current_index() is before
    Actor.objects.filter(slug="institut-0").update(city="Ulm")
    with django_assert_num_queries(2) as asked:  # and that one
        assert cities() == {"Leipzig": 4, "Ulm": 1}
    assert "actors_actor.id = ANY(" in asked[1]["sql"]


def test_it_is_read_while_somebody_acts(chain):
    make_actor("Institut", layers=[1])
    with pghistory.context(command="test"):
        assert current_index().counts("layer") == {chain[0].slug: 1}
