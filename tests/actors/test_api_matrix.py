"""The matrix in the public API."""

import pytest

from layers.models import Layer
from tests.factories import make_actor, make_area

pytestmark = pytest.mark.django_db
API = "/api/v1/"


@pytest.fixture
def model(chain):
    health, logistics = make_area("health-medtech", position=1), make_area("logistics", position=2)
    make_area("old", is_active=False)
    make_actor("Erstes Institut", layers=[1, 2], areas=[health])
    make_actor("Zweites Institut", layers=[2], areas=[health, logistics], kind="company")
    make_actor("Entwurf", layers=[5], areas=[logistics], state="draft")


def test_matrix(client, model):
    answer = client.get(f"{API}matrix/", {"lang": "en", "kind": "company"}).json()
    layers = list(Layer.objects.all())
    assert answer == {
        "layers": [{"slug": one.slug, "position": one.position, "name": one.name_en} for one in layers],
        "areas": [
            {"slug": "health-medtech", "name": "Health-Medtech"},
            {"slug": "logistics", "name": "Logistics"},
        ],
        "cells": [
            {"layer": one.slug, "area": area, "count": int(one.position == 2)}
            for one in layers
            for area in ("health-medtech", "logistics")
        ],
        "total": 1,
    }


def test_matrix_takes_the_filters_of_the_actors_and_no_paging(client, model):
    everything = client.get(f"{API}matrix/").json()
    assert everything["total"] == 2
    assert [one["count"] for one in everything["cells"]] == [1, 0, 2, 1, 0, 0, 0, 0, 0, 0]
    assert client.get(f"{API}matrix/", {"layer": "basic-research", "has": "website"}).json()["total"] == 0
    assert client.get(f"{API}matrix/", {"page": 1}).status_code == 400
