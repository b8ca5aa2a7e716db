"""Topics in the public API."""

from datetime import UTC

import pytest

from actors.domain.term_merging import merge_terms, part_again
from actors.models import ActorTopic, Topic, TopicLink, TopicSynonym
from applications.models import AreaSynonym
from tests.factories import make_actor, make_area, make_person

pytestmark = pytest.mark.django_db
TOPICS = "/api/v1/topics/"
HOST = "http://testserver"


def test_topics_with_their_published_actors(client):
    topic = Topic.objects.create(slug="heat", name_de="Wärme", name_en="Heat")
    for state in ("published", "published", "draft"):
        ActorTopic.objects.create(actor=make_actor(state=state), topic=topic)
    TopicSynonym.objects.create(topic=topic, name="Thermik", language="de")
    energy = Topic.objects.create(slug="energy", name_de="Energie")
    unused = Topic.objects.create(slug="unused", name_de="Ungenutzt")
    TopicLink.objects.create(topic=topic, broader=energy)
    TopicLink.objects.create(topic=topic, broader=unused)
    ActorTopic.objects.create(actor=make_actor(), topic=energy)
    topic.refresh_from_db()
    answer = client.get(f"{TOPICS}heat/").json()
    assert answer == {
        "uid": str(topic.uid),
        "slug": "heat",
        "api_url": f"{HOST}{TOPICS}heat/",
        "name": "Wärme",
        "synonyms": [{"name": "Thermik", "kind": "synonym", "language": "de"}],
        "broader": [{"slug": "energy", "name": "Energie"}],
        "narrower": [],
        "actor_count": 2,
        "updated_at": topic.updated_at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
    }
    listed = client.get(TOPICS).json()["results"]
    assert listed[1] == answer
    assert listed[0]["narrower"] == [{"slug": "heat", "name": "Wärme"}]


def test_topics_without_a_published_actor_are_not_there(client):
    Topic.objects.create(slug="cold", name_de="Kälte")
    of_a_draft = Topic.objects.create(slug="dark", name_de="Dunkel")
    ActorTopic.objects.create(actor=make_actor(state="draft"), topic=of_a_draft)
    assert client.get(TOPICS).json()["results"] == []
    assert client.get(f"{TOPICS}dark/").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_a_list_of_topics_asks_as_often_however_many_there_are(client, django_assert_num_queries, number):
    actor = make_actor()
    for place in range(number):
        topic = Topic.objects.create(slug=f"t{place}", name_de=f"Thema {place}")
        TopicSynonym.objects.create(topic=topic, name=f"Wort {place}")
        ActorTopic.objects.create(actor=actor, topic=topic)
    client.get(TOPICS)
    with django_assert_num_queries(6):
        client.get(TOPICS)


def test_an_acronym_that_holds_in_every_language_has_none(client):
    topic = Topic.objects.create(slug="hpc", name_de="Hochleistungsrechnen")
    ActorTopic.objects.create(actor=make_actor(), topic=topic)
    TopicSynonym.objects.create(topic=topic, name="HPC", kind="acronym")
    assert client.get(f"{TOPICS}hpc/").json()["synonyms"] == [
        {"name": "HPC", "kind": "acronym", "language": None}
    ]


def test_the_address_of_a_merged_topic_leads_on_until_it_is_taken_back(client):
    admin = make_person("administrator")
    one, two, three = (
        Topic.objects.create(slug=name, name_de=name.title()) for name in ("one", "two", "three")
    )
    for topic in (one, two, three):
        ActorTopic.objects.create(actor=make_actor(), topic=topic)
    merge_terms(noun="topic", kept=two, merged=one, by=admin)
    last = merge_terms(noun="topic", kept=three, merged=two, by=admin)
    answer = client.get(f"{TOPICS}one/?lang=en")
    assert (answer.status_code, answer["Location"]) == (301, f"{HOST}{TOPICS}three/?lang=en")
    assert client.get("/api/v1/actors/", {"topic": "one"}).json()["count"] == 3
    assert client.get("/de/akteure/", {"topic": "two"}).status_code == 200
    part_again(merge=last, by=admin)
    assert client.get(f"{TOPICS}one/")["Location"] == f"{HOST}{TOPICS}two/"
    assert client.get(f"{TOPICS}two/").status_code == 200
    assert client.get(f"{TOPICS}never/").status_code == 404
    assert client.get("/api/v1/actors/", {"topic": "never"}).status_code == 400


def test_areas_have_synonyms_and_the_address_of_a_merged_one_leads_on(client):
    admin = make_person("administrator")
    kept, merged = make_area("health", position=1), make_area("medtech", position=2)
    AreaSynonym.objects.create(area=kept, name="E-Health", language="en")
    make_actor(areas=[merged])
    merge_terms(noun="area", kept=kept, merged=merged, by=admin)
    area = client.get("/api/v1/application-areas/health/").json()
    assert ([one["name"] for one in area["synonyms"]], area["actor_count"]) == (["E-Health", "Medtech"], 1)
    answer = client.get("/api/v1/application-areas/medtech/")
    assert (answer.status_code, answer["Location"]) == (301, f"{HOST}/api/v1/application-areas/health/")
    page = client.get("/de/anwendungsfelder/medtech/")
    assert (page.status_code, page["Location"]) == (301, "/de/anwendungsfelder/health/")
    assert client.get("/de/anwendungsfelder/never/").status_code == 404
    assert client.get("/api/v1/actors/", {"area": "medtech"}).json()["count"] == 1
