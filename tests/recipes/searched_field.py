"""A searched field: the street of actors, with the weight of their place."""

import pytest

from actors.models import Actor
from actors.search.engine import search
from tests.factories import make_actor
from tests.recipes.edits import Insert

EDITS = [
    Insert(
        "actors/models/actor.py",
        '"street", ',
        before='"postcode", "city", "state_name",\n    *column_names("summary")',
    ),
    Insert(
        "actors/search/sql/triggers/write_documents.sql",
        "actor.street, ",
        before="actor.city, actor.postcode, actor.state_name",
    ),
]
ENVIRONMENT = {}
TESTS = ["tests/actors/search/test_documents.py"]
pytestmark = pytest.mark.django_db


def test_actors_are_found_by_it_whatever_it_becomes(client):
    actor = make_actor("Institut", street="Erwin-Schrödinger-Straße 52")
    assert list(search("schroedinger").keys) == [actor.pk]
    Actor.objects.update(street="Gottlieb-Daimler-Straße 47")
    assert (list(search("schroedinger").keys), list(search("daimler").keys)) == ([], [actor.pk])
    assert "Institut" in client.get("/de/akteure/", {"q": "daimler"}).content.decode()
