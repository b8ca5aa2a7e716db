"""The five layers in the public API."""

from datetime import UTC

import pytest

from tests.factories import make_actor

pytestmark = pytest.mark.django_db
LAYERS = "/api/v1/layers/"
HOST = "http://testserver"


def test_layers_with_their_published_actors(client, chain):
    make_actor(layers=[1, 2])
    make_actor(layers=[2])
    make_actor(layers=[5], state="draft")
    answer = client.get(LAYERS).json()
    assert (answer["count"], answer["next"], answer["previous"]) == (5, None, None)
    chain[1].refresh_from_db()
    assert answer["results"][1] == {
        "uid": str(chain[1].uid),
        "slug": "applied-research",
        "position": 2,
        "url": f"{HOST}/de/ebenen/applied-research/",
        "api_url": f"{HOST}{LAYERS}applied-research/",
        "name": "Angewandte Forschung und Transfer",
        "claim": None,
        "description": None,
        "actor_count": 2,
        "updated_at": chain[1].updated_at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
    }
    assert client.get(f"{LAYERS}applied-research/").json() == answer["results"][1]
    assert [one["actor_count"] for one in answer["results"]] == [1, 2, 0, 0, 0]


def test_layers_come_by_position_name_or_number_of_actors(client, chain):
    make_actor(layers=[2])
    make_actor(layers=[2, 1])

    def first_two(ordering: str) -> list[str]:
        results = client.get(LAYERS, {"ordering": ordering, "fields": "slug", "lang": "en"}).json()["results"]
        return [one["slug"] for one in results[:2]]

    assert {
        ordering: first_two(ordering) for ordering in ("position", "-position", "name", "-actor_count")
    } == {
        "position": ["basic-research", "applied-research"],
        "-position": ["application-market", "integration-services"],
        "name": ["application-market", "applied-research"],
        "-actor_count": ["applied-research", "basic-research"],
    }
