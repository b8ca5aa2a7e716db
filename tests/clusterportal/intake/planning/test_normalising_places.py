"""Where an actor is: cells with more of an address than their column says, and points that cannot be."""

import pytest

from clusterportal.intake.planning import make_plan
from clusterportal.intake.profiles import profile
from tests.clusterportal.intake.planning.planned_places import places, plan_of, reasons
from tests.factories import make_actor

pytestmark = pytest.mark.django_db


# ---------- addresses ----------
@pytest.mark.parametrize(
    ("row", "place"),
    [
        ({"city": "67655 Kaiserslautern"}, {"postcode": "67655", "city": "Kaiserslautern"}),
        ({"city": "D-04109 Leipzig"}, {"postcode": "04109", "city": "Leipzig", "country": "DE"}),
        ({"postcode": "67655 Kaiserslautern"}, {"postcode": "67655", "city": "Kaiserslautern"}),
        ({"postcode": "67655", "city": "67655 Kaiserslautern"}, {"postcode": "67655", "city": "Kaiserslautern"}),
        ({"address": "D-67657 Kaiserslautern, Museumsplatz 1"},
         {"street": "Museumsplatz 1", "postcode": "67657", "city": "Kaiserslautern", "country": "DE"}),
        ({"address": {"street": "Weg 1", "postcode": "50667", "city": "Köln", "country": "DE"}},
         {"street": "Weg 1", "postcode": "50667", "city": "Köln", "country": "DE"}),
        ({"street": "Weg", "house_number": 3.0, "postcode": "50667"}, {"street": "Weg 3", "postcode": "50667"}),
    ],
)  # fmt: skip
def test_the_pieces_of_an_address_go_where_they_belong(row, place):
    assert places(plan_of(row)) == [place]


@pytest.mark.parametrize(
    "row",
    [
        {"city": "04109 Leipzig", "postcode": "67655"},
        {"address": "Weg 1, 67655 Kaiserslautern", "city": "Leipzig"},
        {"address": "Weg 1, 67655 Kaiserslautern, Österreich"},
        {"address": {"street": "Weg 1", "floor": 3}},
    ],
)
def test_an_address_that_contradicts_the_row_is_refused(row):
    plan = plan_of(row)
    assert places(plan) == [None] and len(plan.problems) == 1


@pytest.mark.parametrize("address", ["Bahnhofstrasse 1, 8001 Zürich", "Museumsplatz 1, Kaiserslautern"])
def test_an_address_that_cannot_be_parted_is_told(address):
    plan = plan_of({"address": address})
    assert places(plan) == [{"street": address}]
    assert reasons(plan) == [
        ("address", "Hier ist keine Postleitzahl zu erkennen: Alles zusammen gilt als Straße.")
    ]
    assert plan_of({"address": "Museumsplatz 1"}).problems == []


# ---------- points ----------
@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"latitude": "7,7689", "longitude": "49,4441"}, "vertauscht"),
        ({"latitude": 0, "longitude": 0}, "0, 0"),
        ({"latitude": "48,2", "longitude": "16,3"}, "außerhalb"),
    ],
)
def test_a_point_that_cannot_be_meant_is_refused(row, words):
    for other in ({}, {"postcode": "67655"}):
        plan = plan_of(other | row)
        assert places(plan) == [None] and words in reasons(plan)[0][1]


def test_a_point_is_measured_by_its_country():
    vienna = {"latitude": 48.2, "longitude": 16.3}
    assert places(plan_of(vienna | {"country": "AT"})) == [vienna | {"country": "AT"}]
    actor = make_actor("Wien AG", country="AT")
    plan = make_plan([(2, {"slug": actor.slug, **vienna})], profile=profile("registry"))
    assert plan.entries[0].fields == vienna


def test_what_is_wrong_already_and_not_touched_is_no_reason_to_refuse_a_row():
    actor = make_actor("Alt", postcode="1", latitude=0.0, longitude=0.0)
    (entry,) = make_plan([(2, {"slug": actor.slug, "city": "Trier"})], profile=profile("registry")).entries
    assert entry.fields == {"city": "Trier"}
