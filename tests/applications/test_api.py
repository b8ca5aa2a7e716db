"""The application areas in the public API."""

from datetime import UTC

import pytest

from tests.factories import make_actor, make_area

pytestmark = pytest.mark.django_db
AREAS = "/api/v1/application-areas/"
HOST = "http://testserver"


def test_areas_in_use_with_their_published_actors(client, chain):
    health, logistics = make_area("health-medtech", position=1), make_area("logistics", position=2)
    make_area("old", is_active=False)
    make_actor(areas=[health])
    make_actor(areas=[health, logistics])
    make_actor(areas=[logistics], state="draft")
    answer = client.get(AREAS).json()
    health.refresh_from_db()
    assert answer["results"][0] == {
        "uid": str(health.uid),
        "slug": "health-medtech",
        "url": f"{HOST}/de/anwendungsfelder/health-medtech/",
        "api_url": f"{HOST}{AREAS}health-medtech/",
        "name": "Health-Medtech",
        "description": None,
        "synonyms": [],
        "actor_count": 2,
        "updated_at": health.updated_at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
    }
    assert client.get(f"{AREAS}health-medtech/").json() == answer["results"][0]
    assert client.get(f"{AREAS}?fields=slug,actor_count&ordering=-name").json()["results"] == [
        {"slug": "logistics", "actor_count": 1},
        {"slug": "health-medtech", "actor_count": 2},
    ]


def test_an_area_out_of_use_is_not_there(client):
    make_area("old", is_active=False)
    assert client.get(AREAS).json()["results"] == []
    assert client.get(f"{AREAS}old/").status_code == 404
