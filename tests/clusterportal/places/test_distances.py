"""Distances in km, in Python and in the database."""

import pytest

from actors.models import Actor
from clusterportal.places.distances import KM_PER_DEGREE, degrees_around, distance_from, distance_km
from tests.factories import make_actor

HERE = (49.4447, 7.769)


def test_known_distances():
    assert distance_km(*HERE, 51.3397, 12.3731) == pytest.approx(388.4, abs=0.1)
    assert distance_km(*HERE, *HERE) == 0
    assert distance_km(0, 0, 0, 180) == pytest.approx(20015.1, abs=0.1)
    assert distance_km(49, 7, 50, 7) == pytest.approx(KM_PER_DEGREE)
    assert distance_km(*HERE, HERE[0] + 1e-6, HERE[1]) == pytest.approx(
        0.000111, abs=1e-6
    )  # eleven centimetres


@pytest.mark.django_db
@pytest.mark.parametrize(
    "there", [(51.3397, 12.3731), (49.445, 7.7691), HERE, (-49.4447, -172.231), (89.9, 0), (-33.9, 151.2)]
)
def test_the_database_says_the_same(there):
    make_actor(latitude=there[0], longitude=there[1])
    found = Actor.objects.annotate(km=distance_from(*HERE)).values_list("km", flat=True).get()
    assert found == pytest.approx(distance_km(*HERE, *there), abs=0.001)


@pytest.mark.parametrize("latitude", [0, 49.4, -49.4, 70, 85])
@pytest.mark.parametrize("radius", [1, 50, 200])
def test_the_box_around_a_circle_touches_it(latitude, radius):
    high, wide = degrees_around(latitude, radius)
    assert distance_km(latitude, 0, latitude + high, 0) == pytest.approx(radius)
    edge = max(distance_km(latitude, 0, latitude + part * high / 100, wide) for part in range(-100, 101))
    nearest = min(distance_km(latitude, 0, latitude + part * high / 100, wide) for part in range(-100, 101))
    assert nearest >= radius * 0.999 <= edge


def test_around_a_pole_every_longitude_is_near():
    assert degrees_around(89.99, 200)[1] > 179
