"""`/api/v1/map/`: clusters and single actors of a section, under all filters."""

import pytest

from clusterportal.core.api.serializers import moment_text
from tests.factories import make_actor, make_area

pytestmark = pytest.mark.django_db
API = "/api/v1/map/"


@pytest.fixture
def ask(client):
    def get(query: str = "", **headers):
        return client.get(f"{API}{query}", headers={"Accept-Language": "en"} | headers)

    return get


@pytest.fixture
def actors(chain):
    area = make_area("health")
    return [
        make_actor("Eins", layers=[2], areas=[area], city="Kaiserslautern", latitude=49.44, longitude=7.76),
        make_actor(
            "Zwei", layers=[2], kind="company", latitude=49.45, longitude=7.77, location_accuracy="street"
        ),
        make_actor("Drei", layers=[1, 3], latitude=51.34, longitude=12.37),
        make_actor("Ohne Ort", layers=[2]),
        make_actor("Entwurf", state="draft", latitude=49.44, longitude=7.76),
    ]


def test_a_whole_answer(ask, actors):
    answer = ask("?zoom=6&bbox=5,47,16,55")
    assert answer["Content-Type"] == "application/geo+json"
    assert answer.json() == {
        "type": "FeatureCollection",
        "count": 3,
        "bbox": [7.76, 49.44, 12.37, 51.34],
        "features": [
            {
                "type": "Feature",
                "bbox": [7.76, 49.44, 7.77, 49.45],
                "geometry": {"type": "Point", "coordinates": [7.765, 49.445]},
                "properties": {"count": 2, "exact_count": 1},
            },
            {
                "type": "Feature",
                "id": str(actors[2].uid),
                "geometry": {"type": "Point", "coordinates": [12.37, 51.34]},
                "properties": {
                    "uid": str(actors[2].uid),
                    "slug": "drei",
                    "url": "http://testserver/en/actors/drei/",
                    "name": "Drei",
                    "kind": "research_institute",
                    "location_accuracy": None,
                    "layers": [1, 3],
                    "city": "Leipzig",
                    "short_name": None,
                    "summary": None,
                    "website": None,
                    "areas": [],
                    "clusters": [],
                    "updated_at": moment_text(actors[2].public_updated_at),
                },
            },
        ],
    }


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 3), ("?layer=applied-research", 2), ("?area=health", 1), ("?kind=company", 1), ("?q=drei", 1),
        ("?near=49.44,7.76&radius=5", 2), ("?bbox=12,51,13,52", 1), ("?city=Nirgendwo", 0), ("?bbox=12,51,12,51", 0),
        ("?bbox=0,40,10,41", 0),
    ],
)  # fmt: skip
def test_every_filter_counts(ask, actors, query, count):
    answer = ask(query).json()
    assert answer["count"] == count == sum(one["properties"].get("count", 1) for one in answer["features"])
    assert ("bbox" in answer) == (count > 0)


def test_unchanged_until_something_changes(ask, actors):
    etag = ask("?zoom=6")["ETag"]
    assert ask("?zoom=6", If_None_Match=etag).status_code == 304
    assert ask("?zoom=7")["ETag"] != etag


@pytest.mark.django_db(transaction=True)
def test_a_withdrawn_actor_is_gone_at_once(ask, chain):
    actor = make_actor("Drei", latitude=51.34, longitude=12.37)
    etag = ask()["ETag"]
    type(actor).objects.filter(pk=actor.pk).update(state="archived")
    answer = ask(If_None_Match=etag)
    assert (answer.status_code, answer.json()["count"]) == (200, 0)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("zoom=23", "zoom"), ("zoom=-1", "zoom"), ("zoom=x", "zoom"), ("zoom=²", "zoom"),
        ("zoom=99999999999999", "zoom"), ("bbox=1,2,3", "bbox"), ("bbox=nan,0,1,1", "bbox"), ("page=1", "page"),
        ("layer=nonsense", "layer"),
        ("near=Atlantis", "near"),
    ],
)  # fmt: skip
def test_a_bad_value_is_refused(ask, chain, query, name):
    answer = ask(f"?{query}")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, [name])


@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow(ask, chain, django_assert_num_queries, number):
    for index in range(number):
        make_actor(layers=[1], latitude=50 + index, longitude=8 + index)
    with django_assert_num_queries(6):  # revision, spots, actors, layers, areas, clusters
        ask("?zoom=9&bbox=7,49,12,55")
