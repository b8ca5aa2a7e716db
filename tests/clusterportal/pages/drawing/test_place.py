"""The picture of a place: distances, rings, outline, template."""

import re
from itertools import combinations

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from clusterportal.pages.drawing.outline import simplified
from clusterportal.pages.drawing.place import outer_ring_km, place_picture

HERE = (49.4447, 7.769)
TOWNS = [
    ("Landstuhl", 49.4127, 7.5702),
    ("Otterbach", 49.4858, 7.7347),
    ("Kusel", 49.5386, 7.4058),
    ("Pirmasens", 49.2016, 7.6005),
    ("Neustadt an der Weinstraße", 49.354, 8.143),
    ("Mannheim", 49.4875, 8.466),
]
AT_THE_EDGE = (49.4447, 8.1)
SQUARE = {"type": "Polygon", "coordinates": [[[7, 49], [8, 49], [8, 50], [7, 50], [7, 49]]]}


@pytest.mark.parametrize(
    ("distances", "ring"),
    [
        ([], 10),
        ([3], 5),
        ([5], 5),
        ([5.1], 10),
        ([1, 2, 3, 4, 24, 90], 25),
        ([30, 60], 100),
        ([150, 300], 200),
        ([300], 10),
    ],
)
def test_choice_of_the_outer_ring(distances, ring):
    assert outer_ring_km(distances) == ring


def test_rings_and_towns():
    picture = place_picture(*HERE, TOWNS)
    assert (picture.width, picture.height, picture.pin_x, picture.pin_y) == (280, 208, 140, 104)
    assert [(ring.km, ring.radius) for ring in picture.rings] == [(50, 92), (25, 46)]
    assert [(town.name, town.km) for town in picture.towns] == [
        ("Landstuhl", 15),
        ("Kusel", 28),
        ("Neustadt an der Weinstraße", 29),
        ("Pirmasens", 30),
    ]  # Otterbach is hidden by the pin, Mannheim lies beyond the rings


def test_names_are_whole_where_they_have_room_else_as_people_shorten_them():
    towns = place_picture(
        *HERE, [("Neustadt an der Weinstraße", *AT_THE_EDGE), ("Bad Bergzabern", 49.2, 7.7)]
    )
    assert [(town.name, town.text) for town in towns.towns] == [
        ("Neustadt an der Weinstraße", "Neustadt"), ("Bad Bergzabern", "Bad Bergzabern"),
    ]  # fmt: skip


def test_no_ring_runs_through_a_name_that_has_another_side():
    west = HERE[0], HERE[1] - 0.3  # just within the ring of 25 km
    towns = place_picture(*HERE, [("Au", *west), ("Kusel", 49.5386, 7.4058)]).towns
    assert [(town.name, town.anchor) for town in towns] == [("Au", "start"), ("Kusel", "end")]


def test_the_town_itself_is_named():
    home = place_picture(*HERE, TOWNS, name="Kaiserslautern").home
    assert (home.text, home.text_x, home.text_y, home.anchor) == ("Kaiserslautern", 152, 108, "start")
    assert place_picture(*HERE, [("Kaiserslautern", HERE[0] + 0.002, HERE[1])]).home.text == "Kaiserslautern"
    assert place_picture(*HERE, TOWNS).home is None
    assert place_picture(49.5, 7.95, [], SQUARE, name="Kaiserslautern").home.anchor == "end"


def test_dots_stand_where_the_ring_says():
    """A town 0.2 degrees east is 14.5 km away: that far in px beside the pin."""
    town = place_picture(*HERE, [("Ost", HERE[0], HERE[1] + 0.2)]).towns[0]
    assert (town.y, town.km, town.anchor) == (104, 14, "start")
    assert town.x - 140 == pytest.approx(92 * 14.46 / 25, abs=0.1)


def test_names_do_not_touch():
    many = [
        (f"Ort {i}", HERE[0] + (i * 37 % 19 - 9) / 60, HERE[1] + (i * 53 % 23 - 11) / 40) for i in range(60)
    ]
    picture = place_picture(*HERE, many)
    assert 1 < len(picture.towns) <= 12
    for one, other in combinations(picture.towns, 2):
        assert abs(one.text_y - other.text_y) > 11 or abs(one.text_x - other.text_x) > 25


def test_outline_of_a_square():
    picture = place_picture(49.5, 7.5, TOWNS, SQUARE)
    assert picture.rings == picture.towns == ()
    assert (picture.width, picture.height, picture.pin_x, picture.pin_y) == (235, 357, 117.7, 178.5)
    assert picture.outline == "M5 352L230.4 352L230.4 5L5 5z"


def test_outline_of_several_parts_with_a_hole():
    hole = [[7.2, 49.2], [7.4, 49.2], [7.4, 49.4], [7.2, 49.2]]
    island = [[[9, 49], [9.5, 49], [9.5, 49.5], [9, 49]]]
    speck = [[[9.9, 49.9], [9.901, 49.9], [9.901, 49.901], [9.9, 49.9]]]
    parts = [[SQUARE["coordinates"][0], hole], island, speck]
    picture = place_picture(49.5, 7.5, [], {"type": "MultiPolygon", "coordinates": parts})
    assert picture.outline.count("M") == picture.outline.count("z") == 3


@pytest.mark.parametrize("outline", [None, {}, {"type": "Polygon", "coordinates": []}, {"type": "Point"}])
def test_without_a_usable_outline_there_are_rings(outline):
    assert place_picture(*HERE, TOWNS, outline) == place_picture(*HERE, TOWNS)


def test_simplified_keeps_corners_only():
    ring = [(0, 0), (5, 0.3), (10, 0), (10, 10), (0, 10), (0, 0)]
    assert simplified(ring) == [(0, 0), (10, 0), (10, 10), (0, 10), (0, 0)]


@pytest.mark.parametrize("outline", [None, SQUARE])
def test_template_in_german(outline):
    picture = place_picture(*HERE, TOWNS, outline)
    with translation.override("de"):
        svg = render_to_string("pages/_place.svg", {"picture": picture, "label": "Lage von Kaiserslautern"})
    assert 'role="img" aria-label="Lage von Kaiserslautern"' in svg
    assert not re.search(r'(?:[xyrd]|c[xy]|width|height|viewBox)="[^"]*\d,\d', svg)
    assert svg.count('class="pin"') == 1
    assert ('class="land"' in svg) == bool(outline) != (">25 km<" in svg)
