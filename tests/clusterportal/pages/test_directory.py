"""The directory: the same question gives the same answer as list, part, facet and matrix."""

import re

import pytest

from actors.domain.taxonomy import Taxonomy
from actors.facets.index_loading import current_index
from actors.facets.selection import Selection
from actors.landscape.matrix import matrix
from actors.models import ActorAlias, ActorTopic, ContactPerson, Service, Topic
from clusterportal.pages.presenters.actor_rows import PER_PAGE
from tests.factories import make_actor, make_area, make_chain, make_cluster
from tests.markup import markup_of

pytestmark = pytest.mark.django_db


def _names(response) -> list[str]:
    return re.findall(r'<h3><a href="[^"]*"[^>]*>(.*?)</a></h3>', markup_of(response))


def _facet(response, name: str) -> dict[str, int]:
    found = re.findall(
        rf'name="{name}" value="([^"]*)"[^>]*><span>.*?</span><span class="n">(\d+)</span>',
        markup_of(response),
    )
    return {value: int(count) for value, count in found}


def _chips(response) -> list[tuple[str, str]]:
    return re.findall(
        r'<li><a href="([^"]*)"><span class="vh">Remove: </span>(.*?)</a></li>', markup_of(response)
    )


def test_published_actors_stand_in_dictionary_order(ask):
    for name in ("Zeta", "Älter", "Beta"):
        make_actor(name)
    make_actor("Entwurf", state="draft")
    response = ask()
    assert response.status_code == 200
    assert _names(response) == ["Älter", "Beta", "Zeta"]
    assert "Entwurf" not in response.content.decode()


def test_filters_are_those_of_the_api(ask, chain):
    area = make_area("logistics")
    make_actor("Richtig", layers=[2], areas=[area])
    make_actor("Andere Ebene", layers=[3], areas=[area])
    make_actor("Anderes Feld", layers=[2])
    assert _names(ask("?layer=applied-research&area=logistics")) == ["Richtig"]
    assert _names(ask("?layer=applied-research,technology-development&area=logistics")) == [
        "Andere Ebene",
        "Richtig",
    ]


def test_each_facet_is_counted_without_its_own_filter(ask, chain):
    make_actor(layers=[1], kind="company")
    make_actor(layers=[2], kind="company")
    make_actor(layers=[2], kind="university")
    response = ask("?layer=applied-research&kind=company")
    assert _facet(response, "layer") == {"basic-research": 1, "applied-research": 1}
    assert _facet(response, "kind") == {"company": 1, "university": 1}


def test_facets_say_the_same_as_the_matrix(ask, chain):
    areas = [make_area(slug) for slug in ("logistics", "health-medtech")]
    for position in (1, 1, 2, 5):
        make_actor(layers=[position], areas=areas[: 1 + position % 2])
    expected = {
        "logistics": {"basic-research": 2, "applied-research": 1, "application-market": 1},
        "health-medtech": {"basic-research": 2, "application-market": 1},
    }
    whole = matrix(Selection(current_index()), Taxonomy())
    for area in areas:
        counts = {layer.slug: whole.count(layer, area) for layer in whole.layers if whole.count(layer, area)}
        assert _facet(ask(f"?area={area.slug}"), "layer") == counts == expected[area.slug]


def test_details_are_counted_among_the_results(ask):
    make_actor(website="https://example.org", latitude=51.3, longitude=12.4)
    make_actor(website="https://example.org", city="Halle")
    assert _facet(ask("?city=Leipzig"), "has") == {"website": 1, "coordinates": 1}


def test_every_filter_has_a_chip_that_removes_it(ask, chain):
    make_area("logistics", name_en="Logistics")
    make_cluster("it", name_en="IT cluster")
    topic = Topic.objects.create(slug="ai", name_de="KI", name_en="AI")
    ActorTopic.objects.create(actor=make_actor(), topic=topic)
    query = (
        "?q=x&kind=company&layer=basic-research&layer=applied-research&area=logistics&cluster=it&topic=ai&city=Leipzig"
        "&postcode=04&state=Sachsen&country=DE&size=small&founded_min=1990&founded_max=2000&near=51.3,12.4&radius=5"
        "&bbox=7,49,8,50&identifier=ror:019hjw009&relation=cooperation&updated_since=2026-01-31&has=website"
    )
    chips = _chips(ask(f"{query}&page=1&ordering=distance"))
    assert [label for _url, label in chips] == [
        "“x”", "Company", "Layer 1", "Layer 2", "Logistics", "IT cluster", "AI", "Leipzig", "Postcode 04",
        "Sachsen", "DE", "Small, under 50 staff", "Founded from 1990", "Founded until 2000",
        "Within 5 km of 51.30 / 12.40", "In the map section", "ROR 019hjw009",
        "Relation: Cooperation", "Changed since 31 January 2026",
        "With details of: Website",
    ]  # fmt: skip
    addresses = {label: url for url, label in chips}
    assert "layer=applied-research" in addresses["Layer 1"] and "basic-research" not in addresses["Layer 1"]
    without_place = addresses["Within 5 km of 51.30 / 12.40"]
    assert not any(word in without_place for word in ("near", "radius", "distance", "page"))


def test_a_bad_value_is_named_and_the_others_are_kept(ask, chain):
    make_actor("Firma", layers=[1])
    response = ask("?layer=nope&city=Leipzig&near=x&ordering=distance")
    text = markup_of(response)
    assert response.status_code == 400
    assert _names(response) == []
    assert "“nope” is not known here. Known are: basic-research" in text
    assert "“x” is no place that is known here. Type a postcode or a town." in text
    assert 'href="?city=Leipzig&amp;near=x&amp;ordering=distance"' in text
    assert [label for _url, label in _chips(response)] == ["Leipzig"]


def test_what_is_no_filter_is_left_alone(ask):
    make_actor("Firma")
    assert _names(ask("?utm_source=mail")) == ["Firma"]


def test_long_lists_have_pages(ask):
    for number in range(PER_PAGE + 1):
        make_actor(f"Firma {number:02}", city="Halle")
    first, second = ask("?city=Halle"), ask("?city=Halle&page=2")
    assert (len(_names(first)), _names(second)) == (PER_PAGE, [f"Firma {PER_PAGE}"])
    assert '<a href="?city=Halle&amp;page=2" rel="next">' in markup_of(first)
    assert '<a href="?city=Halle" rel="prev">' in markup_of(second)


@pytest.mark.parametrize("number", ["0", "9", "-1", "x"])
def test_a_page_that_is_not_there_leads_back(ask, number):
    make_actor()
    response = ask(f"?city=Leipzig&page={number}")
    assert response.status_code == 404
    assert "This list has only one page." in response.content.decode()


def test_nothing_found_offers_ways_on(ask):
    make_actor("Firma")
    response = ask("?q=Quatsch&city=Leipzig")
    text = markup_of(response)
    assert response.status_code == 200
    assert "Check the spelling of “Quatsch”" in text
    assert '<a href="?city=Leipzig">Without: “Quatsch” (1 result)</a>' in text


def test_one_word_without_a_hit_is_offered_one_way_to_all(ask):
    make_actor("Firma")
    text = markup_of(ask("?q=Quatsch"))
    assert "No actor fits this." in text
    assert "Check the spelling of “Quatsch”" in text
    assert "Search without" not in text
    assert text.count(">Show all actors<") == 1


def test_an_empty_registry_says_so(ask):
    assert "No actors yet" in ask().content.decode()


def test_what_the_visitor_types_is_shown_as_text(ask):
    text = markup_of(ask("?q=%3Cscript%3Ealert(1)%3C/script%3E&city=%22%3E%3Cb%3E"))
    assert "<script>alert" not in text and '"><b>' not in text


def test_a_search_puts_the_best_match_first_unless_told_otherwise(ask):
    make_actor("Anton", summary_de="Partner der Zeta")
    make_actor("Zeta")
    assert _names(ask("?q=zeta")) == ["Zeta", "Anton"]
    assert _names(ask("?q=zeta&ordering=name")) == ["Anton", "Zeta"]


def test_the_list_can_be_saved_in_every_format(ask):
    make_actor()
    text = markup_of(ask("?city=Leipzig&view=map&page=1&utm=1"))
    assert re.findall(r'<a href="([^"]*export[^"]*)">([^<]*)</a>', text) == [
        ("/en/actors/export.csv?city=Leipzig", "CSV"),
        ("/en/actors/export.csv?bom=1&amp;city=Leipzig", "CSV for Excel"),
        ("/en/actors/export.xlsx?city=Leipzig", "XLSX"),
        ("/en/actors/export.json?city=Leipzig", "JSON"),
        ("/en/actors/export.ndjson?city=Leipzig", "NDJSON"),
        ("/en/actors/export.geojson?city=Leipzig", "GeoJSON"),
    ]
    assert 'data-map-source="/api/v1/map/?city=Leipzig&amp;lang=en"' in text


def test_htmx_gets_the_part_that_changes(ask):
    make_actor("Firma")
    whole, part = ask("?city=Leipzig"), ask("?city=Leipzig", hx_request="true")
    text = markup_of(part)
    assert "<html" in markup_of(whole) and "<html" not in text
    assert _names(part) == _names(whole) == ["Firma"]
    assert re.findall(r'<\w+ id="(\w+)" hx-swap-oob="innerHTML">', text) == [
        "facets",
        "kept",
        "chosen",
        "shown",
        "said",
    ]
    assert "1 actor found</p>" in text
    assert "HX-Request" in whole["Vary"] and "HX-Request" in part["Vary"]


def test_htmx_restoring_history_gets_the_whole_page(ask):
    response = ask(hx_request="true", hx_history_restore_request="true")
    assert "<html" in markup_of(response)


def test_the_form_carries_along_what_it_does_not_show(ask):
    text = markup_of(ask("?postcode=04&ordering=layer&view=map&city=Leipzig"))
    assert re.findall(r'<input type="hidden" name="(\w+)" value="(\w+)">', text) == [
        ("ordering", "layer"), ("postcode", "04"), ("view", "map"),
    ]  # fmt: skip


def test_the_map_asks_first_and_names_no_tile(ask):
    make_actor(latitude=51.3, longitude=12.4)
    text = markup_of(ask("?view=map"))
    assert 'data-map-source="/api/v1/map/?lang=en"' in text
    assert "Your IP address is sent there" in text
    assert "tile.openstreetmap" not in text


@pytest.mark.parametrize(
    ("number", "queries"), [(1, 17), (3, 16)]
)  # one asks whether who is found is called so
def test_queries_do_not_grow(ask, django_assert_num_queries, number, queries):
    make_chain()
    topic = Topic.objects.create(slug="ai", name_de="KI")
    for index in range(number):
        area, cluster = make_area(f"area-{index}"), make_cluster(f"cluster-{index}")
        actor = make_actor(f"Firma {index}", layers=[1, 2], areas=[area], clusters=[cluster])
        ActorTopic.objects.create(actor=actor, topic=topic)
    with django_assert_num_queries(queries):  # five for what may answer a search
        ask("?q=Firma&topic=ai&layer=basic-research")


def _found_by(response) -> list[str]:
    lines = re.findall(r"Found by: </span>\s*(.*?)</p>", markup_of(response))
    return [re.sub(r"</?span[^>]*>", "", line) for line in lines]


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("simulation", "Topic: <mark>Simulation</mark> · Service: Ergonomics <mark>simulation</mark>"),
        ("Altname", "Formerly: <mark>Altname</mark> KG"),
        ("XYZ", "Acronym: <mark>XYZ</mark>"),
        ("Nordisch", "Also called: <mark>Nordisch</mark>"),
        ("research", "Layer: Basic <mark>research</mark>"),
        ("99999", "Place: <mark>99999</mark> Musterstadt, Musterland"),
        ("Musterland", "Place: 99999 Musterstadt, <mark>Musterland</mark>"),
        ("Gangbild", "Service: Ergonomics simulation: We look at the <mark>Gangbild</mark> of people."),
        ("Ausland", "Summary: Wir arbeiten im <mark>Ausland</mark>."),
        ("simulatoin", "Topic: <mark>Simulation</mark> · Service: Ergonomics <mark>simulation</mark>"),
    ],
)
def test_a_hit_says_by_what_it_was_found(ask, question, line):
    make_chain()
    actor = make_actor(
        "Firma", layers=[1], city="Musterstadt", postcode="99999", state_name="Musterland",
        summary_de="Wir arbeiten im Ausland.", summary_en="We work.",
    )  # fmt: skip
    topic = Topic.objects.create(slug="simulation", name_de="Simulation", name_en="Simulation")
    ActorTopic.objects.create(actor=actor, topic=topic)
    Service.objects.create(
        actor=actor, title_de="Ergonomie", title_en="Ergonomics simulation",
        description_en="We look at the Gangbild of people.",
    )  # fmt: skip
    for name, kind in (("Altname KG", "former"), ("XYZ", "acronym"), ("Nordisch", "colloquial")):
        ActorAlias.objects.create(actor=actor, name=name, kind=kind)
    assert _found_by(ask(f"?q={question}")) == [line]


@pytest.mark.parametrize("question", ["Firma", "Musterstadt", "Medizin", "arbeitet"])
def test_what_the_row_shows_is_marked_there_and_not_said_again(ask, question):
    area = make_area(name_de="Medizin", name_en="Medizin")
    make_actor("Firma", city="Musterstadt", areas=[area], description_en="Sie arbeitet.")
    response = ask(f"?q={question}")
    assert _found_by(response) == []
    assert ("<mark>" in markup_of(response)) is (question != "Firma")


def test_what_is_not_public_is_never_given_as_a_reason(ask):
    closed = make_area(name_de="Robotik geheim", is_active=False)
    actor = make_actor("Robotik", areas=[closed])
    ContactPerson.objects.create(actor=actor, name="Robotik Person")
    draft = make_actor("Entwurf", state="draft")
    ActorAlias.objects.create(actor=draft, name="Robotik Alt", kind="former")
    text = ask("?q=Robotik").content.decode()
    assert _names(ask("?q=Robotik")) == ["Robotik"]
    assert not any(word in text for word in ("geheim", "Robotik Person", "Robotik Alt"))
