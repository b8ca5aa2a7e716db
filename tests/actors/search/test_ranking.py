"""The order of what a search finds: which of many names was meant, with a slip of the finger or a word left out."""

import string

import pytest

from actors.enums import AliasKind
from actors.models import Actor, ActorAlias
from actors.search.engine import search
from actors.search.ranking import best_first
from tests.factories import make_actor

pytestmark = pytest.mark.django_db


def found(text: str) -> list[str]:
    result = search(text)
    return [actor.name for actor in Actor.objects.listed(best_first(result, result.keys))]


def make_actors(*names: str) -> None:
    for number, name in enumerate(names):
        make_actor(name, slug=f"actor-{number}")


@pytest.mark.parametrize("meant", ["Chaum", "Cahuom"])
def test_a_letter_missed_or_two_swapped_come_before_other_errors(meant):
    make_actors("Chum", "Cahul", "Cohum", meant)
    assert found("Cahum")[0] == meant


def test_a_name_two_swapped_letters_away_is_found_beside_one_that_begins_so():
    make_actors("Portail Persée", "Portia", "Hafen Port")
    assert found("Portai") == ["Portia", "Portail Persée"]


@pytest.mark.parametrize(("typed", "meant"), [("Oaea Medical", "Olea Medical"), ("Amken", "Amgen")])
def test_a_name_with_another_letter_is_found_beside_those_that_hold_the_words(typed, meant):
    make_actors(meant, "Amkenberg Institut", "Oaeana Hospital Medical")
    assert meant in found(typed)


def test_swapped_letters_that_look_like_an_umlaut_are_none():
    make_actors("Acdamyrow", "Academy")
    assert sorted(found("Acdaemy")) == ["Academy", "Acdamyrow"]


def test_of_very_many_words_as_near_the_one_with_swapped_letters_is_meant():
    others = [
        f"{first}e{last} Nord"
        for first in string.ascii_lowercase[:13]
        for last in string.ascii_lowercase[:13]
    ]
    make_actors(*others, "Nec Nord")
    assert found("Enc Nord")[0] == "Nec Nord"


def test_with_one_word_more_comes_before_with_several():
    make_actors("Technische Hochschule am Ort Nord", "Technische Hochschule Gartenbau Nord")
    assert found("Technische Hochschule Nord")[0] == "Technische Hochschule Gartenbau Nord"


def test_the_usual_name_comes_before_one_it_is_known_by():
    make_actors("Akademie Wismar", "Hochschule")
    ActorAlias.objects.create(actor=Actor.objects.get(name="Hochschule"), name="Akademie Ulm")
    assert found("Akademie") == ["Akademie Wismar", "Hochschule"]


def test_of_names_that_begin_so_those_with_fewer_words_come_first_then_shorter_ones():
    make_actors("Akademie am Deich", "Akademie Wismarer", "Neue Akademie", "Akademie Zeit")
    assert found("Akademie") == ["Akademie Zeit", "Akademie Wismarer", "Akademie am Deich", "Neue Akademie"]


@pytest.mark.parametrize(
    ("typed", "first"), [("SAA", "Nordhafen"), ("saa", "Nordhafen"), ("SÅA", "Zwingenberg")]
)
def test_an_acronym_with_these_accents_comes_before_one_without_or_with_others(typed, first):
    for name, acronym in (("Aalen", "ŠAA"), ("Nordhafen", "SAA"), ("Zwingenberg", "SÅA")):
        ActorAlias.objects.create(actor=make_actor(name), name=acronym, kind=AliasKind.ACRONYM)
    assert found(typed)[0] == first
