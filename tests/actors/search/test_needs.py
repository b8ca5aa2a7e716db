"""What people need, in their own words: who of the demo registry would be named by a person of the field.

`needs.csv` holds the needs, each with the actors that would be right; one of them belongs among the first three.
"""

import csv
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.http import QueryDict

from actors.filters import ActorFilterSet
from actors.models import Actor, ActorTopic, Service, Topic
from tests.factories import make_actor, make_area

pytestmark = pytest.mark.django_db
NEEDS = list(csv.DictReader(Path(__file__).with_name("needs.csv").open()))
LEAST = 0.95  # of the needs are answered by one of the first three lines


def search(text: str) -> tuple[list[str], ActorFilterSet]:
    """The slugs of the directory's lines for this search, and the filters that found them."""
    params = QueryDict(mutable=True)
    params["q"] = text
    filters = ActorFilterSet(params)
    assert filters.is_valid()
    slugs = dict(Actor.objects.values_list("pk", "slug"))
    return [slugs[key] for key in filters.listing[:20]], filters


def test_the_right_one_is_among_the_first_three():
    call_command("load_registry", settings.BASE_DIR / "fixtures" / "demo", stdout=StringIO())
    missed = [
        need["need"] for need in NEEDS if not {*need["right"].split("|")} & {*search(need["need"])[0][:3]}
    ]
    assert Counter(need["language"] for need in NEEDS) == {"de": 225, "en": 70}
    assert len(missed) <= (1 - LEAST) * len(NEEDS), missed


def test_of_three_letters_the_whole_word_counts():
    make_actor("Kirow Ardelt")
    make_actor("Werk", summary_de="Erprobt Maschinen.")
    assert search("ki")[0] == ["kirow-ardelt"]  # as long as nobody uses the word
    make_actor("Labor", summary_de="Forscht an KI.")
    make_actor("Haus", summary_de="Entwickelt Software (ERP).")
    assert (search("KI")[0], search("ERP")[0]) == (["labor"], ["haus"])


@pytest.mark.parametrize("text", ["prüfen lassen", "wer prüft", "Prüfung"])
def test_a_verb_is_found_in_its_other_forms(text):
    make_actor("Labor", summary_de="Prüft Papier.")
    make_actor("Bank", summary_de="Verwaltet Geld.")
    assert search(text)[0] == ["labor"]


def test_of_verbs_on_eln_too():
    make_actor("Haus", summary_de="Entwickelt Software.")
    make_actor("Druck", summary_de="Die Entwicklung von Software, nebenbei.")
    assert sorted(search("Software entwickeln lassen")[0]) == ["druck", "haus"]


def test_a_slip_of_a_letter_comes_before_the_parts_of_a_compound():
    make_actor("Batterietechnik Nord")
    make_actor("Haustechnik", summary_de="Technik im Haus.")
    found, filters = search("baterietechnik")
    assert (found, filters.found.meant) == (["batterietechnik-nord"], "Batterietechnik")


def test_an_end_that_many_hold_says_nothing():
    for number in range(9):
        make_actor(f"Werk {number}", summary_de="Technik.")
    make_actor("Labor", summary_de="Messtechnik und Technik.")
    assert search("Mondtechnik")[0] == []
    assert search("Lasermesstechnik")[0] == ["labor"]


def test_who_holds_both_parts_of_a_compound_is_found_alone():
    make_actor("Börse", summary_de="Handel mit Strom.")
    make_actor("Kaufhaus", summary_de="Handel.")
    make_actor("Netz", summary_de="Strom.")
    assert search("Stromhandel")[0] == ["boerse"]


def test_whole_words_come_before_beginnings():
    make_actor("Klinik", summary_de="Betreibt ein Krankenhaus.")
    make_actor("Zug", summary_de="Baut einen Kran.")
    assert search("Kran")[0] == ["zug", "klinik"]


def test_layers_weigh_less_than_topics(chain):
    layer = chain[2].name_de
    make_actor("Acker", layers=[3])
    topic = Topic.objects.create(slug="topic", name_de=layer)
    ActorTopic.objects.create(actor=make_actor("Zentrum"), topic=topic)
    assert search(layer.split()[-1])[0] == ["zentrum", "acker"]


def test_a_short_word_ends_a_compound():
    make_actor("Kirow", summary_de="Baut Eisenbahnkrane.")
    assert search("Kran")[0] == ["kirow"]


def test_where_nobody_has_all_words_most_of_them_count():
    make_actor("Mathematik", summary_de="Bildverarbeitung und Optik.")
    make_actor("Traktoren", summary_de="Baut Landmaschinen.")
    make_actor("Bank", summary_de="Verwaltet Geld.")
    found, filters = search("wer macht Bildverarbeitung für Landmaschinen")
    assert sorted(found) == ["mathematik", "traktoren"]
    assert filters.found.is_ranked


def test_who_answers_more_words_comes_first():
    make_actor("Eins", summary_de="Prüft Batterien.")
    make_actor("Zwei", summary_de="Prüft Batterien in der Klimakammer.")
    make_actor("Drei", summary_de="Verkauft Klimakammern.")
    assert search("Batterien Klimakammer Vakuum")[0] == ["zwei", "drei", "eins"]


def test_a_compound_is_asked_for_by_its_parts():
    make_actor("Waage", summary_de="Baut Anlagen zur Röntgeninspektion.")
    make_actor("Druck", summary_de="Macht Prüfungen von Papier.")
    make_actor("Bank", summary_de="Verwaltet Geld.")
    assert sorted(search("Röntgenprüfung")[0]) == ["druck", "waage"]


def test_a_misspelt_name_is_still_found():
    make_actor("Fraunhofer-Institut ITWM", summary_de="Mathematik.")
    make_actor("Mathematik im Institut", summary_de="Lehrt.")
    assert search("Frauenhofer ITWM")[0][:1] == ["fraunhofer-institut-itwm"]


@pytest.fixture
def region(chain):
    make_actor("Deere", kind="company", city="Kaiserslautern", summary_de="Landtechnik.")
    make_actor("Institut Deich", kind="research_institute", city="Kaiserslautern", summary_de="Landtechnik.")
    make_actor("Pflug", kind="manufacturer", city="Leipzig", summary_de="Landtechnik.")
    text = "Forscht für Unternehmen an Landtechnik, auch in Kaiserslautern."
    make_actor("Universität Leipzig", kind="university", city="Leipzig", summary_de=text)


@pytest.mark.parametrize(
    ("text", "found", "understood"),
    [
        ("Unternehmen Kaiserslautern Landtechnik", ["deere"], ["kind", "city"]),
        ("Firmen in Leipzig", ["pflug"], ["kind", "city"]),
        ("companies Landtechnik", ["deere", "pflug"], ["kind"]),
        ("Universität Leipzig", ["universitaet-leipzig"], []),  # somebody is called so
        ('"Unternehmen" "Kaiserslautern" Landtechnik', ["universitaet-leipzig"], []),  # taken literally
    ],
)
def test_kinds_and_towns_are_filters(region, text, found, understood):
    lines, filters = search(text)
    assert lines == found
    assert [facet for _word, facet, _value in filters.found.understood] == understood


@pytest.mark.parametrize(
    ("text", "found", "understood"),
    [
        ("Leipziger Firmen", ["pflug"], ["city", "kind"]),
        ("Landtechnik in Saxony", ["pflug"], ["state"]),
        ("Landtechnik Sachsen", ["pflug"], ["state"]),
        # for whom something is, is no kind of who offers it
        ("Landtechnik für Unternehmen", ["universitaet-leipzig"], []),
        # words in quotation marks are searched for, the others stay filters
        ('"Landtechnik" Firmen Leipzig', ["pflug"], ["kind", "city"]),
        # where the rest is a guess, nobody is left out for being an institute
        ("Firmen in Kaiserslautern für Landtechnik und Schrauben", ["deere", "institut-deich"], ["city"]),
    ],
)
def test_what_filters_are_taken_from(region, text, found, understood):
    Actor.objects.filter(slug="pflug").update(state_name="Sachsen")
    lines, filters = search(text)
    assert sorted(lines) == sorted(found)
    assert [facet for _word, facet, _value in filters.found.understood] == understood


def test_a_correction_names_the_filters_too(region):
    assert search("Hochschule Leipzg")[1].found.meant == "Hochschule Leipzig"
    assert search("Firmen Leipzg")[1].found.meant == "Firmen Leipzig"


def test_layers_and_areas_are_filters(chain):
    area = make_area("health", name_de="Gesundheit und Medizintechnik", name_en="Health")
    make_actor("Klinik", areas=[area], layers=[1], summary_de="Software.")
    make_actor("Werk", areas=[area], layers=[2], summary_de="Software für Gesundheit.")
    lines, filters = search(f"Gesundheit und Medizintechnik {chain[0].name_de} Software")
    assert lines == ["klinik"]
    assert {facet for _word, facet, _value in filters.found.understood} == {"area", "layer"}


def test_facets_and_list_agree(region):
    _lines, filters = search("Unternehmen Kaiserslautern Landtechnik")
    assert filters.selection.counts("kind") == {"company": 1}


def test_a_service_answers_by_its_description(chain):
    actor = make_actor("Haus")
    Service.objects.create(actor=actor, title_de="Prüfen", description_de="Kalibrierung von Sensoren.")
    assert search("wer hilft bei der Kalibrierung unserer Sensoren")[0] == ["haus"]
