"""A record has another version whenever the public sees something else of it, and the same as long as it does not."""

from datetime import date

import pytest

from actors.api.record_version import record_version
from actors.models import Actor, ActorAlias, ActorRelation, ActorTopic, ContactPerson, Topic
from clusterportal.clusters.models import Release
from tests.factories import make_actor, make_area, make_cluster, make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def changes(chain):
    """What somebody may do, by name; whether the public sees it of the actor `one`."""
    area, cluster = make_area("health"), make_cluster("it")
    one = make_actor("Institut", slug="one", layers=[2], areas=[area], clusters=[cluster])
    neighbour, topic = (
        make_actor("Nachbar", slug="neighbour"),
        Topic.objects.create(slug="heat", name_de="Wärme"),
    )
    ActorTopic.objects.create(actor=one, topic=topic)
    ActorRelation.objects.create(source=neighbour, target=one, kind="parent")
    person = ContactPerson.objects.create(actor=one, name="Ada", email="ada@a.example")

    leader = make_cluster("lead")
    Release.objects.create(cluster=leader, section="projects")
    project = make_project(leader, "heat", [one])

    def saved(record, **values):
        return lambda: type(record)._default_manager.filter(pk=record.pk).update(**values)

    seen = {
        "a text in the other language": saved(one, summary_en="Heat"),
        "the description": saved(one, description_de="Wärme"),
        "the source": saved(one, source="https://a.example/"),
        "a layer is called otherwise": saved(chain[1], name_en="Applied"),
        "an area": saved(area, name_de="Gesundheit"),
        "a cluster": saved(cluster, slug="it-2"),
        "a topic": saved(topic, name_en="Heat"),
        "a neighbour": saved(neighbour, name="Nachbarin"),
        "an alias": lambda: ActorAlias.objects.create(actor=one, name="Institute"),
        "a consent": saved(person, consent_on=date(2026, 1, 1)),
        "the main layer": lambda: one.placements.update(is_primary=False),
        "the day of a membership": lambda: one.memberships.update(since=date(2020, 1, 1)),
        "a membership that is no longer cleared": lambda: one.memberships.update(is_cleared=False),
        "a project": saved(project, title_en="Heat"),
        "a project that nobody sees any more": saved(project, state="draft"),
        "a neighbour that goes": saved(neighbour, state="draft"),
    }
    hidden = {
        "a project that nobody sees": lambda: make_project(leader, "secret", [one], state="draft"),
        "an example": lambda: make_project(leader, "example", [one], is_example=True),
        "a project of a cluster that keeps them to itself": lambda: make_project(cluster, "own", [one]),
        "a person without consent": lambda: ContactPerson.objects.create(actor=one, name="Eva"),
        "another actor": saved(make_actor("Anderer"), name="Andere"),
        "what was so before": lambda: Actor.objects.get(slug="one").save(),
    }
    return one, seen, hidden


def test_whatever_the_public_sees_moves_it(changes, django_assert_num_queries):
    one, seen, hidden = changes
    with django_assert_num_queries(1):
        versions = [record_version([one.pk])[one.pk]]
    for name, change in hidden.items():
        before = record_version([one.pk])
        change()
        assert record_version([one.pk]) == before, name
    for name, change in seen.items():
        change()
        versions.append(record_version([one.pk])[one.pk])
        assert len({*versions}) == len(versions), name


def test_who_is_not_public_has_none(chain):
    assert record_version([make_actor("Entwurf", state="draft").pk]) == {}
