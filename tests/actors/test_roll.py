"""The public roll is right after every commit, whoever writes, and counts what the database would count."""

import numpy as np
import pghistory
import pytest
from actors.domain.tallies import cluster_tallies, detail_counts, top_topics
from django.db import OperationalError, connection, transaction

from actors.facets import following as roll_reading
from actors.facets.following import current_roll, read_ahead
from actors.facets.matrix import matrix
from actors.facets.selection import rows_of
from actors.filters import ActorFilterSet
from actors.models import (
    Actor,
    ActorRelation,
    ActorTopic,
    ApplicationFocus,
    LayerPlacement,
    Membership,
    Topic,
)
from layers.models import Layer
from tests import elsewhere
from tests.factories import make_actor, make_area, make_chain, make_cluster


@pytest.fixture
def registry(transactional_db, monkeypatch):
    """A committed registry, and a process that has not read it yet."""
    monkeypatch.setattr(roll_reading, "_held", None)
    make_chain()
    area, cluster = make_area(), make_cluster()
    return [
        make_actor(f"Institut {number}", layers=[1, 2], areas=[area], clusters=[cluster], founded=1950)
        for number in range(5)
    ]


def everything() -> dict:
    """What the roll counts of everybody; compared with the same counted by the database."""
    roll = current_roll()
    counts, total = detail_counts(Actor.objects.published())
    return {
        "total": total,
        "slugs": sorted(
            Actor.objects.filter(pk__in=roll.ids[roll.alive].tolist()).values_list("slug", flat=True)
        ),
        "kind": roll.count_words("kind", roll.alive),
        "city": roll.count_words("city", roll.alive),
        "layers": roll.count_layers(roll.alive),
        "cells": roll.cross_layers("area", roll.alive),
        **{name: roll.count_keys(name, roll.alive) for name in ("area", "cluster", "topic")},
        **counts,
    }


def counted() -> dict:
    public = Actor.objects.published()
    related = set()
    for ends in ActorRelation.objects.public().values_list("source", "target"):
        related |= set(ends)

    def by(model, column, **narrowed) -> dict:
        keys = model.objects.filter(actor__in=public, **narrowed).values_list(column, "actor").distinct()
        found: dict = {}
        for key, _actor in keys:
            found[key] = found.get(key, 0) + 1
        return found

    def words(column) -> dict:
        texts = list(public.values_list(column, flat=True))
        return {text: texts.count(text) for text in texts}

    cells: dict = {}
    for placement in LayerPlacement.objects.filter(actor__in=public):
        for area in ApplicationFocus.objects.filter(actor=placement.actor_id).values_list("area", flat=True):
            cells[placement.layer_id, area] = cells.get((placement.layer_id, area), 0) + 1
    return {
        "total": public.count(),
        "slugs": sorted(public.values_list("slug", flat=True)),
        "kind": words("kind"),
        "city": words("city"),
        "layers": by(LayerPlacement, "layer"),
        "cells": cells,
        "area": by(ApplicationFocus, "area"),
        "cluster": by(Membership, "cluster", is_cleared=True),
        "topic": by(ActorTopic, "topic"),
        "website": public.exclude(website="").count(),
        "coordinates": public.located().count(),
        "logo": public.exclude(logo="").count(),
        "relations": len(related),
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
    assert everything()["relations"] == 2
    Actor.objects.filter(pk=registry[1].pk).update(state="draft")
    assert everything()["relations"] == 0
    Actor.objects.filter(pk=registry[1].pk).update(state="published")
    assert everything()["relations"] == 2


def test_right_after_another_process_wrote(registry):
    assert current_roll().count_words("city", current_roll().alive) == {"Leipzig": 5}
    elsewhere.execute("UPDATE actors_actor SET city = 'Ulm' WHERE slug = 'institut-2'")
    assert current_roll().count_words("city", current_roll().alive) == {"Leipzig": 4, "Ulm": 1}


def test_who_commits_late_is_not_missed(registry):
    """A transaction that began before a reading and ends after it belongs to the next one."""
    import psycopg

    with psycopg.connect(elsewhere.address()) as late:
        late.execute("UPDATE actors_actor SET city = 'Ulm' WHERE slug = 'institut-2'")
        Actor.objects.filter(slug="institut-3").update(city="Bonn")
        assert current_roll().count_words("city", current_roll().alive) == {"Leipzig": 4, "Bonn": 1}
    assert current_roll().count_words("city", current_roll().alive) == {"Leipzig": 3, "Bonn": 1, "Ulm": 1}


def test_what_is_not_committed_is_seen_by_its_writer_alone(registry):
    before = current_roll()
    with transaction.atomic():
        Actor.objects.update(city="Ulm")
        assert current_roll().count_words("city", current_roll().alive) == {"Ulm": 5}
        transaction.set_rollback(True)
    assert current_roll() is before


def test_the_first_visitor_does_not_wait_for_it(registry, django_assert_num_queries):
    read_ahead()
    with django_assert_num_queries(1):  # for the revision
        assert current_roll().alive.sum() == 5


def test_a_database_that_is_away_is_told_to_who_asks(registry, monkeypatch):
    def away(stamp=None):
        raise OperationalError("no route to host")

    monkeypatch.setattr(roll_reading, "current_roll", away)
    read_ahead()
    assert roll_reading._held is None


def test_a_change_reads_the_changed_alone(registry, django_assert_num_queries):
    current_roll()
    with django_assert_num_queries(1):  # the revision
        current_roll()
    Topic.objects.create(slug="heat", name_de="Wärme")
    with django_assert_num_queries(2):  # and the news: no actor
        current_roll()
    Actor.objects.filter(slug="institut-0").update(city="Ulm")
    with django_assert_num_queries(3):  # and that one
        roll = current_roll()
    assert len(roll.ids) == 6
    assert np.count_nonzero(roll.alive) == 5


QUESTIONS = [
    "", "layer=basic-research", "layer=basic-research&layer=applied-research", "area=health-medtech",
    "cluster=it-cluster", "topic=heat", "kind=company&kind=research_institute", "size=small", "city=Leipzig",
    "state=Sachsen", "country=DE", "postcode=04", "founded_min=1960", "founded_max=1960",
    "founded_min=1940&founded_max=1955&city=Leipzig", "has=website", "has=relations,coordinates", "relation=supply",
    "near=51.34,12.37&radius=10", "bbox=12,51,13,52", "q=Institut", "q=nothing-at-all", "updated_since=2020-01-01",
]  # fmt: skip


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_selection_is_what_the_database_finds(registry, question):
    from django.http import QueryDict

    ActorTopic.objects.create(actor=registry[0], topic=Topic.objects.create(slug="heat", name_de="Wärme"))
    ActorRelation.objects.create(source=registry[0], target=registry[1], kind="supply")
    for number, fields in enumerate([
        {"postcode": "04103", "latitude": 51.34, "longitude": 12.37, "website": "https://example.org/"},
        {"founded": None, "city": "Köln", "size": "small"},
        {"founded": 1960, "kind": "company", "state_name": "Sachsen"},
    ]):  # fmt: skip
        Actor.objects.filter(pk=registry[number].pk).update(**fields)
    chosen = ActorFilterSet(QueryDict(question), queryset=Actor.objects.published())
    assert chosen.is_valid()
    roll, rows = rows_of(chosen.selection)
    assert sorted(roll.ids[rows].tolist()) == sorted(chosen.actors.values_list("pk", flat=True))
    assert sorted(chosen.ordered.values_list("pk", flat=True)) == sorted(roll.ids[rows].tolist())


def test_a_queryset_is_counted_as_it_is(registry):
    part = Actor.objects.published().filter(slug__in=["institut-0", "institut-1"])
    assert matrix(part).total == 2
    assert [tally.total for tally in cluster_tallies(part).values()] == [2]
    assert matrix(Actor.objects.none()).total == 0
    assert top_topics(part, limit=3) == []


def test_it_is_read_while_somebody_acts(chain):
    make_actor("Institut", layers=[1])
    with pghistory.context(command="test"):
        assert current_roll().count_layers(current_roll().alive) == {chain[0].pk: 1}
