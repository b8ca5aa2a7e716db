"""`q`: words in both languages, typing errors forgiven, German order."""

import pytest

from actors.models import Actor, ActorAlias, ActorTopic, Topic
from actors.search.engine import search
from actors.search.ranking import best_first
from tests.factories import make_actor

pytestmark = pytest.mark.django_db


def found(text: str) -> list[str]:
    result = search(text, among=Actor.objects.all())
    return [actor.slug for actor in Actor.objects.listed(best_first(result, result.keys))]


@pytest.fixture
def actors():
    make_actor(
        "Fraunhofer-Institut für Techno- und Wirtschaftsmathematik", short_name="Fraunhofer ITWM", slug="itwm",
        summary_de="Mathematik für die Industrie.", summary_en="Mathematics for industry.", city="Kaiserslautern",
    )  # fmt: skip
    ufz = make_actor("Helmholtz-Zentrum für Umweltforschung", short_name="UFZ", slug="ufz", city="Leipzig")
    ActorAlias.objects.create(actor=ufz, name="Helmholtz Centre for Environmental Research", language="en")
    medical = make_actor("Müller Medizintechnik GmbH", slug="mueller", kind="company", city="Straßberg")
    topic = Topic.objects.create(slug="imaging", name_de="Bildgebung", name_en="Medical imaging")
    ActorTopic.objects.create(actor=medical, topic=topic)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("fraunhofr", ["itwm"]),  # a letter dropped
        ("Fraunhofer", ["itwm"]),
        ("mathematics", ["itwm"]),  # English
        ("Mathematik", ["itwm"]),  # German
        ("environmental research", ["ufz"]),  # an alias
        ("imaging", ["mueller"]),  # a topic in English
        ("Bildgebung", ["mueller"]),  # and in German
        ("muller", ["mueller"]),  # without the umlaut
        ("strassberg", ["mueller"]),  # sharp s spelt out
        ("Kaiserslautern Industrie", ["itwm"]),  # all words count
        ("Kaiserslautern Umwelt", []),
        ("UFZ", ["ufz"]),
        ("zzzz", []),
        ("%", []),
        ("100 % _", []),
    ],
)
def test_search(actors, text, answer):
    assert found(text) == answer


def test_nothing_asked_is_everything(actors):
    assert search("   ").is_everything and not search("%").is_everything


def test_the_name_comes_before_the_text(actors):
    make_actor("Agentur", slug="agentur", summary_de="Arbeitet für das UFZ.")
    assert found("UFZ") == ["ufz", "agentur"]


def test_of_misspelt_words_the_name_comes_before_the_text(actors):
    make_actor("Agentur", slug="agentur", summary_de="Arbeitet mit Fraunhofer.")
    assert found("fraunhofr") == ["itwm", "agentur"]


def test_a_short_word_is_guessed_beside_a_longer_one(actors):
    assert found("UFX") == []
    assert found("Umweltforschung UFX") == ["ufz"]


def test_german_dictionary_order():
    for name in [
        "Zebra",
        "Österreich",
        "Oberau",
        "Ostbad",
        "Straßer",
        "Strasse",
        "Äther",
        "Adler",
        "zahn",
        "Strasz",
    ]:
        make_actor(name)
    names = [actor.name for actor in Actor.objects.by_name()]
    assert names == [
        "Adler", "Äther", "Oberau", "Ostbad", "Österreich", "Strasse", "Straßer", "Strasz", "zahn", "Zebra",
    ]  # fmt: skip
