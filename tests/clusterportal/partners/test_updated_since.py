"""What the feed tells of actors, `actors/?updated_since=` finds as well, whatever it was that changed them."""

from datetime import date

import pytest

from actors.models import Actor, ActorAlias, ActorRelation, ActorTopic, ContactPerson, Service, Topic
from clusterportal.clusters.models import Release
from tests.factories import make_actor, make_area, make_chain, make_cluster, make_project

API = "/api/v1/"


@pytest.fixture
def changes(transactional_db) -> dict:
    """What somebody may do to what the public sees of actors, by name."""
    chain, area, cluster = make_chain(), make_area("health"), make_cluster("it")
    one = make_actor("Eins", slug="one", layers=[2], areas=[area], clusters=[cluster])
    other = make_actor("Zwei", slug="other", layers=[3])
    make_actor("Drei", slug="third", layers=[5])
    topic = Topic.objects.create(slug="heat", name_de="Wärme")
    ActorTopic.objects.create(actor=one, topic=topic)
    ActorRelation.objects.create(source=one, target=other, kind="parent")
    person = ContactPerson.objects.create(actor=one, name="Ada", consent_on=date(2026, 1, 1))
    service = Service.objects.create(actor=one, title_de="Messen", layer=chain[4])
    leader = make_cluster("lead")
    project = make_project(leader, "heat", [one], state="draft")
    release = Release.objects.create(cluster=leader, section="projects")

    def saved(record, **values):
        return lambda: type(record)._default_manager.filter(pk=record.pk).update(**values)

    return {
        "a text": saved(one, summary_en="Heat"),
        "a layer": saved(chain[1], name_en="Applied"),
        "a layer of a service": saved(chain[4], name_de="Markt"),
        "an area": saved(area, name_de="Gesundheit"),
        "an area that is left": saved(area, is_active=False),
        "a cluster": saved(cluster, slug="it-2"),
        "a topic": saved(topic, name_en="Heat"),
        "a neighbour": saved(other, name="Zweite", slug="other-2"),
        "a service": saved(service, title_en="Measuring"),
        "an alias": lambda: ActorAlias.objects.create(actor=one, name="Institute"),
        "a consent that is withdrawn": saved(person, consent_on=None),
        "a project": saved(project, state="published"),
        "a title of a project": saved(project, title_en="Heat"),
        "a partner": lambda: project.partnerships.create(actor=other),
        "a role": lambda: project.partnerships.filter(actor=one).update(role="partner"),
        "a partner that leaves": lambda: project.partnerships.filter(actor=other).delete(),
        "a leading cluster": saved(leader, name_en="Lead"),
        "an address of a leading cluster": saved(leader, slug="leader"),
        "a leading cluster that goes": saved(leader, state="draft"),
        "a leading cluster that comes": saved(leader, state="published"),
        "projects that are hidden": lambda: release.delete(),
        "projects that are shown": lambda: Release.objects.create(cluster=leader, section="projects"),
        "a project that becomes an example": saved(project, is_example=True),
        "a project that is no example": saved(project, is_example=False),
        "a project that is deleted": lambda: project.delete(),
        "a project that is new": lambda: make_project(leader, "cold", [one]),
        "a leading cluster that is deleted": lambda: leader.delete(),
        "a membership that is hidden": lambda: one.memberships.update(is_cleared=False),
        "a neighbour that goes": saved(other, state="archived"),
        "a neighbour that comes": saved(other, state="published"),
        "a neighbour that is deleted": lambda: Actor.objects.get(pk=other.pk).delete(),
        "a cluster that goes": saved(cluster, state="draft"),
    }


def test_both_tell_of_the_same_actors(client, changes):
    cursor = client.get(f"{API}changes/").json()["next_cursor"]
    for name, change in changes.items():
        since = client.get(f"{API}actors/").headers["X-Complete-Until"]
        change()
        page = client.get(f"{API}changes/", {"since": cursor}).json()
        cursor = page["next_cursor"]
        told = {
            one["slug"]
            for one in page["changes"]
            if one["object"] == "actor" and one["op"] in ("published", "updated")
        }
        assert told or name in ("a membership that is hidden", "a cluster that goes"), name
        found = client.get(f"{API}actors/", {"updated_since": since, "fields": "slug"}).json()["results"]
        assert told <= {one["slug"] for one in found}, name
