"""Near a place: by degrees, postcode or town; on page and API alike."""

import pytest
from django.http import QueryDict

from actors.domain.nearby import Point, UnclearPlace, find_point
from actors.filters import ActorFilterSet
from actors.models import Actor
from clusterportal.places.models import Postcode
from tests.factories import make_actor

pytestmark = pytest.mark.django_db


def slugs(query: str) -> list[str]:
    chosen = ActorFilterSet(QueryDict(query))
    assert chosen.is_valid(), chosen.errors
    return [actor.slug for actor in Actor.objects.listed(chosen.listing[:])]


@pytest.fixture
def actors():
    make_actor("Mitte", city="Kaiserslautern", postcode="67655", latitude=49.44, longitude=7.77)
    make_actor("Rand", city="Kaiserslautern", postcode="67663", latitude=49.46, longitude=7.75)
    make_actor("Fern", city="Leipzig", postcode="04103", latitude=51.34, longitude=12.39)
    make_actor("Entwurf", state="draft", city="Geheim", postcode="99999", latitude=50, longitude=10)


@pytest.fixture
def table():
    place = {
        "country": "DE",
        "code": "67655",
        "place": "Kaiserslautern",
        "latitude": 49.443,
        "longitude": 7.769,
    }
    Postcode.objects.create(**place)


def test_the_table_of_postcodes_comes_first(actors, table):
    assert find_point("67655") == Point(49.443, 7.769, "67655 Kaiserslautern")
    assert find_point("kaiserslautern") == Point(49.443, 7.769, "Kaiserslautern")


@pytest.mark.parametrize(
    ("text", "latitude"), [("kaiserslautern", 49.45), ("67655 Kaiserslautern", 49.44), ("04103", 51.34)]
)
def test_without_a_table_the_cities_of_the_actors_serve(actors, text, latitude):
    assert round(find_point(text).latitude, 2) == latitude


@pytest.mark.parametrize("text", ["Geheim", "99999", "Atlantis", "'"])
def test_drafts_and_unknown_names_are_no_places(actors, table, text):
    with pytest.raises(UnclearPlace) as caught:
        find_point(text)
    assert caught.value.places == []


def test_a_city_of_two_states_is_asked_back():
    make_actor("A", city="Neustadt", state_name="Sachsen", latitude=51, longitude=14)
    make_actor("B", city="Neustadt", state_name="Hessen", latitude=50.85, longitude=9.12)
    with pytest.raises(UnclearPlace) as caught:
        find_point("Neustadt")
    assert [(place.text, place.around) for place in caught.value.places] == [
        ("50.850,9.120", "Hessen"),
        ("51.000,14.000", "Sachsen"),
    ]


@pytest.mark.parametrize(
    "near", ["49.44,7.77", "49.44, 7.77", "67655", "Kaiserslautern", "67655+Kaiserslautern"]
)
def test_every_spelling_filters_the_same(actors, table, near):
    assert slugs(f"near={near}&radius=10&ordering=distance") == ["mitte", "rand"]


def test_the_other_side_of_the_world_is_no_failure():
    make_actor("Antipode", latitude=-49.44, longitude=-172.23)
    assert slugs("near=49.44,7.77&radius=20040") == ["antipode"]


def test_the_api_names_the_choices(client):
    for code, place, state in (("67433", "Neustadt", "Rheinland-Pfalz"), ("37345", "Neustadt", "Thüringen")):
        Postcode.objects.create(
            country="DE", code=code, place=place, state_name=state, latitude=50, longitude=8
        )
    answer = client.get("/api/v1/actors/?near=Neustadt", headers={"Accept-Language": "en"})
    assert answer.status_code == 400
    assert answer.json()["errors"] == {
        "near": [
            "Several places are called “Neustadt”. Choose one: "
            "37345 Neustadt (Thüringen); 67433 Neustadt (Rheinland-Pfalz)."
        ]
    }


@pytest.mark.parametrize("near", ["Atlantis", "%00", "x" * 101, "49.44", "1,2,3", "49.44,", ",", "inf"])
def test_what_is_no_place_is_refused(client, near):
    answer = client.get(f"/api/v1/actors/?near={near}", headers={"Accept-Language": "en"})
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["near"]


def test_a_town_is_found_by_its_english_name_too(table):
    make_actor("Isar", city="München", latitude=48.14, longitude=11.58)
    assert find_point("Munich").name == "München"
    assert (
        slugs("near=Munich")
        == slugs("city=munich")
        == slugs("city=München")
        == slugs("q=Institut Munich")
        == ["isar"]
    )
    Postcode.objects.create(country="DE", code="50667", place="Köln", latitude=50.94, longitude=6.96)
    assert find_point("cologne") == Point(50.94, 6.96, "Köln")
    make_actor("Export", city="Munich")  # from a table that calls it so
    assert slugs("city=Munich") == ["export"]


def test_near_a_place_the_nearest_come_first(actors):
    assert slugs("near=49.46,7.75&radius=900") == ["rand", "mitte", "fern"]
    assert slugs("near=49.46,7.75&ordering=name") == ["mitte", "rand"]
