"""The directory near a place: fields that keep what was typed, choices, distances, and a map beside the list."""

import re

import pytest

from clusterportal.places.models import Postcode
from tests.factories import make_actor, make_cluster
from tests.markup import markup_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def actors():
    place = {"city": "Kaiserslautern", "longitude": 7.77}
    make_actor("Mitte", latitude=49.44, location_accuracy="town", **place)
    make_actor("Bahnhof", latitude=49.48, location_accuracy="exact", **place)
    make_actor("Rand", latitude=49.5, location_accuracy="postcode", **place)
    make_actor("Fern", city="Leipzig", latitude=51.34, longitude=12.39)


def field(text: str) -> str:
    return re.search(r'id="near"\s+name="near"\s+value="([^"]*)"', text)[1]


def radii(text: str) -> list[tuple[str, bool, str]]:
    found = re.findall(r'<option value="([^"]*)"( selected)?>(within [^<]*)</option>', text)
    return [(value, bool(chosen), label) for value, chosen, label in found]


def rows(text: str) -> list[tuple[str, str]]:
    """The names in their order, and what is said of how far they are."""
    named = re.findall(r"<h3><a [^>]*>(.*?)</a></h3>", text)
    away = re.findall(r"<p>([^<]* km away(?: <span class=\"mute\">[^<]*</span>)?) ?</p>", text)
    return list(zip(named, [re.sub("<.*?>", "", one) for one in away], strict=True))


def test_the_nearest_come_first_and_say_how_exact_they_are(ask, actors):
    text = markup_of(ask("?near=49.44,7.77"))
    assert rows(text) == [
        ("Mitte", "less than 1 km away (middle of the town)"),
        ("Bahnhof", "4 km away"),
        ("Rand", "about 7 km away (middle of the postcode&#x27;s area)"),
    ]
    assert re.findall(r'<a href="[^"]*" aria-current="true"> ?(\w+)', text) == ["Distance"]
    assert "aria-current" in markup_of(ask("?near=49.44,7.77&ordering=name")).split("Distance</a>")[1]


def test_a_search_near_a_place_puts_the_best_match_first(ask, actors):
    text = markup_of(ask("?near=49.44,7.77&q=rand"))
    assert re.findall(r'<a href="[^"]*" aria-current="true"> ?(\w+)', text) == ["Relevance"]


def test_a_town_keeps_to_the_order_asked_for(ask, actors):
    text = markup_of(ask("?near=Kaiserslautern&radius=10&ordering=-created_at"))
    assert [name for name, _away in rows(text)] == ["Rand", "Bahnhof", "Mitte"]
    assert "Within 10 km of Kaiserslautern" in text
    assert field(text) == "Kaiserslautern"
    assert [label for _value, chosen, label in radii(text) if chosen] == ["within 10 km"]


@pytest.mark.parametrize("ordering", ["", "&ordering=name", "&ordering=distance", "&q=mitte"])
def test_every_order_says_how_far(ask, actors, ordering):
    assert "less than 1 km away" in ask(f"?near=49.44,7.77{ordering}").content.decode()


def test_without_a_place_nothing_is_said_of_distances(ask, actors):
    text = ask().content.decode()
    assert "km away" not in text
    assert field(text) == ""
    assert radii(text) == [
        ("5", False, "within 5 km"), ("10", False, "within 10 km"), ("", True, "within 25 km"),
        ("50", False, "within 50 km"), ("100", False, "within 100 km"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("radius", "label"), [("7.5", "within 7.5 km"), ("25", "within 25 km"), ("x", "within 25 km")]
)
def test_a_radius_of_ones_own_stays_in_the_field(ask, actors, radius, label):
    text = ask(f"?near=49.44,7.77&radius={radius}").content.decode()
    assert [one for _value, chosen, one in radii(text) if chosen] == [label]


def test_a_name_of_several_places_offers_them(ask):
    for code, state in (("67433", "Rheinland-Pfalz"), ("37345", "Thüringen")):
        Postcode.objects.create(
            country="DE", code=code, place="Neustadt", state_name=state, latitude=50, longitude=8
        )
    answer = ask("?near=Neustadt&page=2&kind=company")
    text = markup_of(answer)
    assert answer.status_code == 400
    assert "Which one do you mean?" in text
    assert '<a href="?near=67433+Neustadt&amp;kind=company">67433 Neustadt (Rheinland-Pfalz)</a>' in text
    assert ask("?near=67433+Neustadt&kind=company").status_code == 200


def test_an_unknown_place_is_said_and_kept(ask, actors):
    answer = ask("?near=%3Cb%3EAtlantis")
    text = answer.content.decode()
    assert answer.status_code == 400
    assert "“&lt;b&gt;Atlantis” is no place that is known here." in text
    assert field(text) == "&lt;b&gt;Atlantis"
    assert 'aria-invalid="true" aria-describedby="near-wrong"' in text
    said = re.search(r'<p class="small" id="near-wrong">(.*?)</p>', markup_of(answer))[1]
    assert "<title>Error: Actors – " in markup_of(answer)
    assert said.startswith("“&lt;b&gt;Atlantis” is no place")
    assert "near-wrong" not in ask("?near=Leipzig").content.decode()


def test_the_map_stands_beside_the_list_that_changes(ask, actors):
    whole, part = ask("?view=map&bbox=7,49,8,50&kind=company"), ask("?view=map", hx_request="true")
    text = markup_of(whole)
    assert text.index("data-map-load") < text.index('<section id="found"')
    assert "data-map-load" not in markup_of(part)
    assert (
        'data-map-source="/api/v1/map/?kind=company&amp;lang=en"' in text
    )  # its section is the map's own matter
    assert "data-map-source" not in markup_of(ask())


def test_rows_say_who_is_outside_the_region(ask):
    make_actor("Hier", clusters=[make_cluster()])
    make_actor("Auch hier")
    make_actor("Dort", city="München")
    rows = markup_of(ask()).split("<h3>")[1:]
    assert ["outside the region" in row for row in rows] == ["Dort" in row for row in rows] != [False] * 3
