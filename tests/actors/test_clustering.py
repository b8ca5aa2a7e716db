"""Many actors on a map become few spots; nobody is lost, nobody is counted twice."""

import random

import pytest

from actors.domain.clustering import MOST_CELLS, Box, spots
from actors.models import Actor
from tests.factories import make_actor

pytestmark = pytest.mark.django_db

GERMANY = Box(5, 47, 16, 55)


def found(box=GERMANY, zoom=6):
    return spots(
        Actor.objects.published().within(box.west, box.south, box.east, box.north), box=box, zoom=zoom
    )


def scatter(number: int, box: Box) -> None:
    chance = random.Random(1)
    Actor.objects.bulk_create(
        Actor(
            name=f"Firma {index}", slug=f"firma-{index}", kind="company", state="published",
            latitude=chance.uniform(box.south, box.north), longitude=chance.uniform(box.west, box.east),
        )
        for index in range(number)
    )  # fmt: skip


def test_neighbours_are_one_spot_and_part_when_looked_at_closer():
    one = make_actor("Eins", latitude=49.440, longitude=7.760)
    two = make_actor("Zwei", latitude=49.444, longitude=7.768)
    far = make_actor("Drei", latitude=51.34, longitude=12.37)
    make_actor("Ohne Ort")
    make_actor("Entwurf", state="draft", latitude=49.44, longitude=7.76)
    both, alone = found()
    assert (both.count, both.first, both.bounds) == (2, one.pk, Box(7.76, 49.44, 7.768, 49.444))
    assert (both.latitude, both.longitude) == (pytest.approx(49.442), pytest.approx(7.764))
    assert (alone.count, alone.first, alone.latitude) == (1, far.pk, 51.34)
    closer = found(Box(7.74, 49.42, 7.79, 49.46), zoom=15)
    assert [(spot.count, spot.first) for spot in closer] == [(1, one.pk), (1, two.pk)]


def test_neighbours_on_both_sides_of_a_line_of_the_grid_do_not_cover_each_other():
    width = 90 / 2**6  # of a cell at zoom 6, 64 px
    line = -180 + 134 * width
    make_actor("Links", latitude=50, longitude=line - 0.01)
    make_actor("Rechts", latitude=50, longitude=line + width * 46 / 64)  # as wide as a mark of four digits
    assert [spot.count for spot in found()] == [2]


@pytest.mark.parametrize("zoom", [0, 4, 6, 9, 22])
def test_everybody_is_in_one_spot_and_an_answer_stays_short(zoom):
    scatter(1500, GERMANY)
    all_spots = found(zoom=zoom)
    assert sum(spot.count for spot in all_spots) == 1500
    assert len(all_spots) <= MOST_CELLS
    assert len({spot.first for spot in all_spots}) == len(all_spots)
    for spot in all_spots:
        assert spot.bounds.south <= spot.latitude <= spot.bounds.north
        assert spot.bounds.west <= spot.longitude <= spot.bounds.east


def test_the_grid_stands_still_while_the_map_moves():
    scatter(300, Box(8, 49, 11, 52))
    moved = Box(GERMANY.west + 0.3, GERMANY.south + 0.2, GERMANY.east + 0.3, GERMANY.north + 0.2)
    assert found() == found(moved)


def test_over_the_date_line():
    make_actor("Fidschi", latitude=-17, longitude=179.5)
    make_actor("Samoa", latitude=-14, longitude=-172)
    make_actor("Leipzig", latitude=51.34, longitude=12.37)
    assert sum(spot.count for spot in found(Box(175, -20, -170, -10))) == 2


def test_one_query(django_assert_num_queries):
    scatter(50, GERMANY)
    with django_assert_num_queries(1):
        found()
