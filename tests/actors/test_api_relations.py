"""Relations in the public API."""

from datetime import UTC

import pytest

from actors.models import ActorRelation
from tests.factories import make_actor

pytestmark = pytest.mark.django_db
API = "/api/v1/"
HOST = "http://testserver"


def test_relations(client, django_assert_num_queries):
    first, second, draft = make_actor(), make_actor(), make_actor("Entwurf", state="draft")
    relation = ActorRelation.objects.create(
        source=first, target=second, kind="supply", since=2020, until=2024, note_de="Teile"
    )
    ActorRelation.objects.create(source=first, target=draft, kind="research")
    with django_assert_num_queries(2):
        answer = client.get(f"{API}relations/").json()

    def named(actor):
        return {
            "uid": str(actor.uid),
            "slug": actor.slug,
            "name": actor.name,
            "url": f"{HOST}/de/akteure/{actor.slug}/",
            "api_url": f"{HOST}{API}actors/{actor.slug}/",
        }

    assert answer["results"] == [
        {
            "uid": str(relation.uid),
            "kind": "supply",
            "is_directed": True,
            "source": named(first),
            "target": named(second),
            "since": 2020,
            "until": 2024,
            "note": "Teile",
            "evidence": None,
            "updated_at": relation.updated_at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        }
    ]
    assert client.get(f"{API}relations/?kind=research").json()["count"] == 0
    assert client.get(f"{API}relations/?actor={second.uid}").json()["count"] == 1
    assert client.get(f"{API}relations/?actor=entwurf").status_code == 400
    assert client.get(f"{API}relations/?kind=nonsense").status_code == 400
    directions = [
        client.get(f"{API}actors/{actor.slug}/").json()["relations"][0]["direction"]
        for actor in (first, second)
    ]
    assert directions == ["out", "in"]
