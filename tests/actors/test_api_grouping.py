"""Counts by one or two properties, over any filter."""

import pytest

from actors.models import ActorTopic, Topic
from tests.factories import make_actor, make_area

pytestmark = pytest.mark.django_db
API = "/api/v1/actors/"


@pytest.fixture
def actors(chain):
    health, energy = (
        make_area("health", name_de="Gesundheit", name_en="Health"),
        make_area("energy", name_de="Energie", name_en="Energy", position=1),
    )
    heat = Topic.objects.create(slug="heat", name_de="Wärme", name_en="Heat")
    for city, kind, layers, areas in (
        ("Leipzig", "company", [1, 2], [health]),
        ("Leipzig", "company", [2], [health, energy]),
        ("Halle", "university", [], [energy]),
        ("", "company", [5], []),
    ):
        actor = make_actor(city=city, kind=kind, layers=layers, areas=areas)
        ActorTopic.objects.create(actor=actor, topic=heat)


def test_two_dimensions_over_a_filter(client, actors, chain):
    answer = client.get(API, {"group_by": "layer,area", "kind": "company", "lang": "en"}).json()
    research, applied, market = (chain[place].slug for place in (0, 1, 4))
    assert answer == {
        "count": 3,
        "next": None,
        "previous": None,
        "results": [],
        "dimensions": [
            {
                "name": "layer",
                "total": 3,
                "values": [
                    {"value": one.slug, "label": one.name_en, "count": count}
                    for one, count in ((chain[0], 1), (chain[1], 2), (chain[4], 1))
                ],
            },
            {
                "name": "area",
                "total": 2,
                "values": [
                    {"value": "health", "label": "Health", "count": 2},
                    {"value": "energy", "label": "Energy", "count": 1},
                ],
            },
        ],
        "groups": [
            {"layer": research, "area": "health", "count": 1},
            {"layer": applied, "area": "health", "count": 2},
            {"layer": applied, "area": "energy", "count": 1},
        ],
    }
    matrix = client.get("/api/v1/matrix/", {"kind": "company"}).json()
    assert [one for one in matrix["cells"] if one["count"]] == answer["groups"]
    assert market not in {one["layer"] for one in answer["groups"]}


def test_one_dimension_in_every_language(client, actors):
    topics = client.get(API, {"group_by": "topic", "lang": "*"}).json()
    label = {"de": "Wärme", "en": "Heat"}
    assert topics["dimensions"] == [
        {"name": "topic", "total": 1, "values": [{"value": "heat", "label": label, "count": 4}]}
    ]
    towns = client.get(API, {"group_by": "city"}).json()
    assert towns["groups"] == [{"city": "Leipzig", "count": 2}, {"city": "Halle", "count": 1}]


def test_it_is_bounded(client, chain, monkeypatch):
    monkeypatch.setattr("actors.facets.grouping.MOST_CROSSED", 2)
    for number in range(4):
        make_actor(city=f"Ort {number}", kind="company" if number else "university")
    answer = client.get(API, {"group_by": "city,kind"}).json()
    assert [(len(one["values"]), one["total"]) for one in answer["dimensions"]] == [(2, 4), (2, 2)]
    assert len(answer["groups"]) == 2


@pytest.mark.parametrize(
    "query",
    [
        "group_by=nothing", "group_by=layer,area,kind", "group_by=layer&page=1", "group_by=layer&include=*",
        "group_by=layer&format=ndjson", "group_by=layer&facets=kind", "group_by=layer&cursor=",
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused(client, actors, query):
    assert client.get(f"{API}?{query}").status_code == 400
