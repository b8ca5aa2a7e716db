"""Where nobody or hardly anybody is found: ways to more hits, gaps, and who could help."""

import re

import pytest

from clusterportal.places.models import Postcode
from tests.factories import make_actor, make_area, make_chain, make_cluster
from tests.markup import markup_of

pytestmark = pytest.mark.django_db


def ways(text: str) -> list[tuple[str, str]]:
    """(address, label) of every way on."""
    inside = text[text.index('class="void') : text.index("<footer")]
    found = re.findall(r'<a (?:class="[^"]*" )?href="([^"]*)"[^>]*>\s*(.*?)\s*</a>', inside, re.S)
    return [(address, re.sub(r"\s+", " ", label)) for address, label in found]


@pytest.fixture
def region():
    make_chain()
    farming, health = make_area("farming", name_en="Farming"), make_area("health", name_en="Health")
    cluster = make_cluster("farms", name_en="Farms of the region")
    members = {"clusters": [cluster], "kind": "company"}
    make_actor("Deere", areas=[farming], layers=[3], city="Leipzig", latitude=51.3, longitude=12.4, **members)
    make_actor("Pflug", areas=[farming], layers=[3], city="Halle", latitude=51.5, longitude=12.0, **members)
    make_actor("Klinik", areas=[health], layers=[5], city="Kaiserslautern", latitude=49.4, longitude=7.8)
    members["kind"] = "association"
    make_actor("Bauern", areas=[farming], layers=[1], city="Leipzig", **members)
    make_actor("Kammer", layers=[5], **members | {"kind": "chamber"})


def test_each_filter_can_be_left_out(ask, region):
    text = markup_of(ask("?q=Klinik&city=Leipzig&kind=company"))
    assert ("?city=Leipzig&amp;kind=company", "Without: “Klinik” (1 result)") in ways(text)
    assert "Without: Leipzig" not in text  # which finds nobody either


def test_a_gap_is_named(ask, region):
    text = markup_of(ask("?layer=applied-research&area=farming"))
    assert re.search(r"Layer 2 [^×]+ × Farming is a gap: nobody in the region stands there yet\.", text)
    assert ("/en/matrix/", "See all gaps in the matrix") in ways(text)
    assert ("/en/actors/pflug/", "Pflug") in ways(text)  # who shares the area
    assert "is a gap" not in markup_of(ask("?layer=basic-research&area=farming&kind=company"))


def test_who_could_help_stands_in_the_area(ask, region):
    found = ways(markup_of(ask("?layer=applied-research&area=farming")))
    assert ("/en/clusters/farms/", "Farms of the region") in found
    assert ("/en/actors/bauern/", "Bauern") in found
    assert ("/en/actors/kammer/", "Kammer") not in found


def test_the_next_step_is_an_enquiry(ask, region):
    found = dict(ways(markup_of(ask("?q=A%26B+%22x%22&area=farming"))))
    assert found["/en/enquiry/?q=A%26B%20%22x%22&amp;cluster=farms"] == "Ask the cluster management"
    found = dict(ways(markup_of(ask("?layer=applied-research&area=farming"))))
    assert "/en/enquiry/?q=Layer%202%2C%20Farming&amp;cluster=farms" in found
    assert "Ask the cluster management" in dict.fromkeys(dict(ways(markup_of(ask("?city=Halle")))).values())


def test_where_no_area_is_clear_chambers_help(ask, region):
    found = ways(markup_of(ask("?q=Quatsch")))
    assert found == [
        ("/en/actors/kammer/", "Kammer"),
        ("/en/enquiry/?q=Quatsch", "Ask the cluster management"),
        ("/en/actors/", "Show all actors"),
        ("/en/propose/", "Propose an entry"),
        ("/en/actors/feed.xml?q=Quatsch", "New hits as a feed"),
    ]


def test_the_same_search_in_towns_nearby_the_nearest_first(ask, region):
    text = markup_of(ask("?area=farming&layer=basic-research&city=Halle"))
    assert (
        "?area=farming&amp;layer=basic-research&amp;city=Leipzig",
        "Leipzig, about 35 km away (1 result)",
    ) in ways(text)
    found = ways(markup_of(ask("?q=companies+Halle+farming")))
    assert ("?q=companies+farming&amp;city=Leipzig", "Leipzig, about 35 km away (1 result)") in found


@pytest.mark.parametrize("town", ["Leipzg", "Lepzig", "leipzich"])
def test_a_misspelt_town_is_offered(ask, region, town):
    assert ("?kind=company&amp;city=Leipzig", "Leipzig") in ways(markup_of(ask(f"?kind=company&city={town}")))
    answer = ask(f"?near={town}&kind=company")
    assert answer.status_code == 400
    assert f"“{town}” is no place that is known here. Type a postcode or a town." in markup_of(answer)
    assert ("?near=Leipzig&amp;kind=company", "Leipzig") in ways(markup_of(answer))


def test_towns_of_the_table_of_postcodes_are_offered_too(ask, region):
    Postcode.objects.create(country="DE", code="66482", place="Zweibrücken", latitude=49.2, longitude=7.4)
    assert ("?near=Zweibr%C3%BCcken", "Zweibrücken") in ways(markup_of(ask("?near=Zweibrükcen")))


def test_a_wider_circle_is_offered(ask, region):
    found = ways(markup_of(ask("?near=Halle&radius=5&kind=company")))
    assert ("?near=Halle&amp;kind=company&amp;radius=50", "Within 50 km (2 results)") in found


def test_few_hits_have_ways_on_unless_one_is_called_so(ask, region):
    assert "Not what you are looking for?" in markup_of(ask("?city=Halle"))
    assert "Not what you are looking for?" not in markup_of(ask("?q=Pflug"))
    assert "Not what you are looking for?" not in markup_of(ask("?city=Leipzig"))  # three are enough


def test_what_is_typed_is_shown_as_text(ask, region):
    text = markup_of(ask("?q=%3Cb%3Ex&city=%3Ci%3EHale"))
    assert "<b>x" not in text and "<i>Hale" not in text


@pytest.mark.parametrize(
    ("query", "queries"), [("?q=Quatsch&city=Halle", 24), ("?layer=applied-research&area=farming", 10)]
)
def test_queries_are_bounded(ask, region, django_assert_max_num_queries, query, queries):
    with django_assert_max_num_queries(queries):
        ask(query)
