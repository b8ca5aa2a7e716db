"""What people type for a place: a postcode, a town, both."""

import pytest
from django.db import IntegrityError

from clusterportal.places.finding import places_called
from clusterportal.places.models import Postcode

pytestmark = pytest.mark.django_db

ROWS = [  # country, code, place, district, state, latitude, longitude
    ("DE", "67655", "Kaiserslautern", "Kaiserslautern", "Rheinland-Pfalz", 49.44, 7.77),
    ("DE", "67657", "Kaiserslautern", "Kaiserslautern", "Rheinland-Pfalz", 49.46, 7.79),
    ("DE", "67433", "Neustadt an der Weinstraße", "Neustadt", "Rheinland-Pfalz", 49.35, 8.15),
    ("DE", "37345", "Neustadt", "Eichsfeld", "Thüringen", 51.47, 10.47),
    ("DE", "48143", "Münster", "Münster", "Nordrhein-Westfalen", 51.96, 7.62),
    ("DE", "48145", "Münster", "Münster", "Nordrhein-Westfalen", 51.96, 7.64),
    ("DE", "64839", "Münster", "Darmstadt-Dieburg", "Hessen", 49.92, 8.87),
    ("DE", "01619", "Zeithain", "Meißen", "Sachsen", 51.3, 13.3),
    ("DE", "01619", "Röderaue", "Meißen", "Sachsen", 51.5, 13.5),
    ("AT", "1010", "Wien", "Wien", "Wien", 48.21, 16.37),
    ("CH", "1010", "Lausanne", "Lausanne", "Waadt", 46.5, 6.6),
    ("GB", "SW1A 1AA", "London", "", "England", 51.5, -0.14),
]


@pytest.fixture(autouse=True)
def table():
    names = ("country", "code", "place", "district", "state_name", "latitude", "longitude")
    Postcode.objects.bulk_create(Postcode(**dict(zip(names, row, strict=True))) for row in ROWS)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("67655", [("67655 Kaiserslautern", 49.44)]),
        ("D-67655", [("67655 Kaiserslautern", 49.44)]),
        ("67655 Kaiserslautern", [("67655 Kaiserslautern", 49.44)]),
        ("  kaiserslautern ", [("67655 Kaiserslautern", 49.45)]),
        ("Munster", [("48143 Münster", 51.96)]),  # larger than all others of this name together
        ("Muenster", [("48143 Münster", 51.96)]),
        ("64839 Münster", [("64839 Münster", 49.92)]),
        ("Neustadt", [("37345 Neustadt", 51.47), ("67433 Neustadt an der Weinstraße", 49.35)]),
        ("Neustadt an der", [("67433 Neustadt an der Weinstraße", 49.35)]),
        ("01619", [("01619 Röderaue", 51.4)]),  # two villages, one area
        ("1010", [("1010 Lausanne", 46.5), ("1010 Wien", 48.21)]),
        ("A-1010", [("1010 Wien", 48.21)]),
        ("AT-1010", [("1010 Wien", 48.21)]),
        ("sw1a 1aa", [("SW1A 1AA London", 51.5)]),
        ("676", []),
        ("Kaisers", []),
        ("", []),
        ("%", []),
    ],
)
def test_places(text, found):
    assert [(place.text, round(place.latitude, 2)) for place in places_called(text)] == found


def test_what_a_place_offers_finds_it_alone():
    offered = places_called("Neustadt")
    assert len(offered) == 2
    found = [[(one.name, one.around) for one in places_called(place.text)] for place in offered]
    assert found == [[(place.name, place.around)] for place in offered]


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"country": "de"}, "postcode_country_two_letters"),
        ({"code": ""}, "postcode_has_code_and_place"),
        ({"latitude": 91}, "postcode_coordinates_on_earth"),
        ({}, "postcode_once_a_place"),
    ],
)
def test_the_database_refuses_nonsense(change, name):
    row = {"country": "AT", "code": "1010", "place": "Wien", "latitude": 48, "longitude": 16}
    with pytest.raises(IntegrityError, match=name):
        Postcode.objects.create(**row | change)
