"""Postcodes of four digits, and countries that postcodes name: read where the table is evidence."""

import pytest

from clusterportal.intake.plan import Outcome
from clusterportal.intake.planning import make_plan
from clusterportal.intake.profiles import custom_profile, profile
from clusterportal.places.models import Postcode
from tests.clusterportal.intake.planning.planned_places import places, plan_of, reasons
from tests.factories import make_actor

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("written", "postcode", "country"),
    [
        ("A-5020", "5020", "AT"),
        ("CH-4051", "4051", "CH"),
        ("L-1855", "1855", "LU"),
        ("DE-06108", "06108", "DE"),
        ("DE-6108", "06108", "DE"),
        ("D 67663", "67663", "DE"),
    ],
)
def test_letters_before_a_postcode_name_the_country_and_that_is_told(written, postcode, country):
    plan = plan_of({"postcode": written})
    assert places(plan) == [{"postcode": postcode, "country": country}]
    told = {(one.column, one.before, one.after) for one in plan.entries[0].normalised}
    assert told == {("postcode", written, postcode), ("country", "", country)}


@pytest.mark.parametrize(
    "written", ["1010", "8001", 1010, 1010.0, "663", "67.663", "67663-", 67.663, "Mainz"]
)
def test_what_is_no_german_postcode_is_not_made_one(written):
    plan = plan_of({"postcode": written}, {"postcode": "67663"}, {"postcode": "67655"})
    assert places(plan) == [None, {"postcode": "67663"}, {"postcode": "67655"}]
    assert reasons(plan)[0][0] == "postcode" and "fünf Ziffern" in reasons(plan)[0][1]


def test_a_lost_zero_comes_back_where_the_column_shows_five_digits():
    assert places(plan_of({"postcode": "4103"}, {"postcode": "67663"}))[0] == {"postcode": "04103"}
    assert places(plan_of({"postcode": 4103.0}, {"postcode": 67663.0}))[0] == {"postcode": "04103"}
    assert places(plan_of({"postcode": "4103"})) == [None]
    # A text that has kept another zero has not lost this one; a number never keeps one.
    assert places(plan_of({"postcode": "4103"}, {"postcode": "04109"}))[0] is None
    assert places(plan_of({"postcode": 4103}, {"postcode": "04109"}))[0] == {"postcode": "04103"}


@pytest.mark.parametrize(
    "others", [({"postcode": "A-5020"},), ({"postcode": "4600"}, {"postcode": "4800"}, {"postcode": "67663"})]
)
def test_in_a_table_of_several_countries_no_zero_is_added(others):
    assert places(plan_of({"postcode": "4103"}, {"postcode": "67655"}, *others))[0] is None


@pytest.mark.parametrize(
    ("postcode", "city"), [("8057", "Zürich"), ("1100", "Wien"), ("4051", "Basel"), ("9500", "Villach")]
)
def test_a_town_abroad_gets_no_german_postcode(postcode, city):
    assert places(plan_of({"postcode": postcode, "city": city}, *[{"postcode": "67655"}] * 3))[0] is None


def test_a_country_that_is_named_is_evidence_enough():
    row = {"postcode": "4103", "country": "Deutschland"}
    assert places(plan_of(row)) == [{"postcode": "04103", "country": "DE"}]
    assert places(plan_of({"postcode": "1010", "country": "AT"})) == [{"postcode": "1010", "country": "AT"}]
    rules = custom_profile("own", columns={}, constants={"country": "DE"})
    assert places(plan_of({"postcode": "4103"}, rules=rules)) == [{"postcode": "04103", "country": "DE"}]


def test_a_point_in_germany_is_evidence_enough():
    row = {"postcode": 4109, "latitude": "51,34", "longitude": 12.37}
    assert places(plan_of(row))[0]["postcode"] == "04109"
    assert places(plan_of(row | {"latitude": 48.2, "longitude": 16.3})) == [None]


@pytest.fixture
def known_places():
    rows = [
        ("DE", "04103", "Leipzig", 51.3, 12.4), ("DE", "08056", "Zwickau", 50.7, 12.5),
        ("CH", "8056", "Zürich", 47.4, 8.5), ("AT", "4103", "Neudorf", 48.2, 14.0),
    ]  # fmt: skip
    Postcode.objects.bulk_create(
        Postcode(country=country, code=code, place=place, latitude=north, longitude=east)
        for country, code, place, north, east in rows
    )


def test_known_places_decide(known_places):
    rows = [
        {"postcode": "4103", "city": "Leipzig"},
        {"postcode": "8056", "city": "Zürich"},
        {"postcode": "8056", "city": "Zwickau"},
        {"postcode": "4103", "city": "Neudorf"},
        {"postcode": "4103", "city": "Anderswo"},
    ]
    assert places(plan_of(*rows)) == [
        {"postcode": "04103", "city": "Leipzig"},
        {"postcode": "8056", "city": "Zürich", "country": "CH"},
        {"postcode": "08056", "city": "Zwickau"},
        {"postcode": "4103", "city": "Neudorf", "country": "AT"},
        None,
    ]


def test_known_places_cost_two_queries(known_places, django_assert_num_queries):
    from clusterportal.intake.planning.short_postcodes import ShortPostcodes

    for how_many in (1, 3):
        with django_assert_num_queries(2):
            ShortPostcodes().observe([{"postcode": "4103", "city": "Leipzig"}] * how_many)


def test_a_postcode_and_a_country_that_contradict_each_other_are_refused():
    plan = plan_of({"postcode": "A-5020", "country": "DE"}, {"postcode": "67655", "country": "AT"})
    assert places(plan) == [None, None]
    assert "Österreich" in reasons(plan)[0][1] and "Österreich" in reasons(plan)[1][1]


def test_postcode_and_town_exchanged_is_said():
    plan = plan_of({"postcode": "Mainz", "city": "67663"})
    assert reasons(plan) == [("postcode", "Postleitzahl und Ort sind vertauscht.")]


def test_the_country_of_the_actor_is_the_measure_where_the_row_names_none():
    home, other = make_actor("Leipzig AG", postcode="04103"), make_actor("Trier AG", postcode="54290")
    abroad = make_actor("Wien AG", country="AT", postcode="1020")
    plan = make_plan(
        [
            (2, {"slug": home.slug, "postcode": "4103"}),
            (3, {"slug": abroad.slug, "postcode": "1010", "phone": "01 58801"}),
            (4, {"slug": other.slug, "postcode": "663"}),
        ],
        profile=profile("registry"),
    )
    assert [entry.outcome for entry in plan.entries] == [Outcome.UNCHANGED, Outcome.CHANGED, Outcome.INVALID]
    assert plan.entries[1].fields == {"postcode": "1010", "phone": "+43158801"}
