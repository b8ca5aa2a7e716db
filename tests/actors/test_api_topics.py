"""Topics in the public API."""

from datetime import UTC

import pytest

from actors.models import ActorTopic, Topic
from tests.factories import make_actor

pytestmark = pytest.mark.django_db
TOPICS = "/api/v1/topics/"
HOST = "http://testserver"


def test_topics_with_their_published_actors(client):
    topic = Topic.objects.create(slug="heat", name_de="Wärme", name_en="Heat")
    for state in ("published", "published", "draft"):
        ActorTopic.objects.create(actor=make_actor(state=state), topic=topic)
    topic.refresh_from_db()
    answer = client.get(f"{TOPICS}heat/").json()
    assert answer == {
        "slug": "heat",
        "api_url": f"{HOST}{TOPICS}heat/",
        "name": "Wärme",
        "actor_count": 2,
        "updated_at": topic.updated_at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
    }
    assert client.get(TOPICS).json()["results"] == [answer]


def test_topics_without_a_published_actor_are_not_there(client):
    Topic.objects.create(slug="cold", name_de="Kälte")
    of_a_draft = Topic.objects.create(slug="dark", name_de="Dunkel")
    ActorTopic.objects.create(actor=make_actor(state="draft"), topic=of_a_draft)
    assert client.get(TOPICS).json()["results"] == []
    assert client.get(f"{TOPICS}dark/").status_code == 404
