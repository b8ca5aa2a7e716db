"""What can be asked: spellings, compounds, phrases, exclusions; and whatever else somebody types."""

import pytest
from django.db.models import Value
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actors.models import Actor, ActorAlias, ActorTopic, Topic
from actors.search.engine import search
from actors.search.highlighting import Highlighter
from actors.search.query import Question
from actors.search.ranking import best_first
from actors.search.reasons import reasons
from actors.search.suggestions import suggestions
from clusterportal.core.functions import Spelling
from clusterportal.core.spelling import spelling
from tests.factories import make_actor, make_area

pytestmark = pytest.mark.django_db


def found(text: str) -> list[str]:
    result = search(text)
    return [actor.slug for actor in Actor.objects.listed(best_first(result, result.keys))]


@pytest.fixture
def actors(chain):
    make_actor("Medizintechnikhersteller Nord", slug="nord", city="Zweibrücken", postcode="66482")
    make_actor("Müller & Söhne", slug="mueller", city="Köln", postcode="50667")
    robots = make_actor(
        "Robert Testwerk", slug="robots", city="Bonn", description_en="We build machines for hospitals."
    )
    topic = Topic.objects.create(slug="robotics", name_de="Greifarme", name_en="Robot arms")
    ActorTopic.objects.create(actor=robots, topic=topic)
    make_actor("Universität des Saarlandes", short_name="UdS", slug="uds", city="Saarbrücken")
    make_actor("Institut an der Universität", slug="institut", city="Saarbrücken")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Medizintechnik", ["nord"]),
        ("Technik", ["nord"]),
        ("Hersteller", ["nord"]),
        ("Mueller", ["mueller"]),
        ("Muller", ["mueller"]),
        ("MÜLLER", ["mueller"]),
        ("müll", ["mueller"]),  # while typing
        ("Koeln", ["mueller"]),
        ("50667", ["mueller"]),
        ("506", ["mueller"]),
        ("66482 zweibruecken", ["nord"]),
        ("Greifarm", ["robots"]),  # an English description, a German topic
        ("Universitäten", ["institut", "uds"]),  # stems
        ("machine", ["robots"]),
        ('"Universität des"', ["uds"]),
        ("„Universität des“", ["uds"]),
        ('"des Universität"', []),
        ("Universität -Institut", ["uds"]),
        ('Universität -"der Universität"', ["uds"]),
        ("-Universität -Müller -Nord", ["robots"]),
        ("Institut und -Universität", ["institut"]),  # half a word, no exclusion
        ("Universitt Saarlnades", ["uds"]),
        ("der die das", []),
        ("uds", ["uds"]),
    ],
)
def test_questions(actors, text, answer):
    assert sorted(found(text)) == sorted(answer)


def test_an_exact_alias_or_acronym_comes_first(actors):
    other = make_actor("Zentrum", slug="zentrum")
    ActorAlias.objects.create(actor=other, name="UDS Zentrum Süd")
    assert found("uds") == ["uds", "zentrum"]
    ActorAlias.objects.create(actor=other, name="Saarlandes")
    assert found("Saarlandes")[0] == "zentrum"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Mueler", "Müller"),
        ("Medizintechnik", ""),
        ("Universitt Saarlandes", "Universität Saarlandes"),
        ("zzzzzzz", ""),
    ],
)
def test_did_you_mean(actors, text, meant):
    assert search(text).meant == meant


def test_of_names_spelt_alike_the_very_letters_come_first(actors):
    make_actor("Aachener Rechenzentrum", short_name="ARES", slug="ares")
    make_actor("École spéciale", short_name="ÄRES", slug="accent")
    stiftung = make_actor("Stiftung Nord", slug="stiftung")
    ActorAlias.objects.create(actor=stiftung, name="Aeres", kind="former")
    assert found("Aeres")[0] == "stiftung"
    assert found("Äres")[0] == "accent"
    assert found("Ares")[0] == "ares"


def test_what_was_meant_may_stand_at_several_of_the_closest(actors):
    make_actor("Müllerei", slug="muellerei", city="Ulm", summary_de="Auch in Saarbrücken")
    make_actor("Müllerei-Verein", slug="verein", city="Saarbrücken")
    assert search("Mülelrei Saarbrüken").meant == "Müllerei Saarbrücken"


def test_names_that_begin_so_come_before_names_that_hold_it(actors):
    assert found("Universität") == ["uds", "institut"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Müller & Söhne", 1),
        ("Müller", 2),
        ("Mueler", 4),
        ("zzzzz", 3),
        ('"zz zz"', 4),
        ('"zz zz" -zz', 5),
        ("", 0),
        ("-", 0),
    ],
)
def test_a_question_takes_few_queries(actors, django_assert_num_queries, text, number):
    with django_assert_num_queries(number):
        search(text)


def test_of_a_wrong_spelling_that_somebody_has_the_right_one_comes_first(actors):
    make_actor("Univesity of Life Science, Veterinary Medicine and Animal Breeding", slug="wrong")
    make_actor("University of the Sciences", slug="right")
    assert found("Univesity of the Sciences") == ["right", "wrong"]


def test_a_dash_within_a_name_excludes_nothing(actors):
    make_actor("TalTech -Tallinner Hochschule", slug="taltech")
    assert found("TalTech -Tallinner Hochschule") == ["taltech"]
    assert found("TalTech -Tallinner") == []


def test_an_error_within_a_phrase_is_forgiven(actors):
    make_actor('Institut "Ricardo Rojas"', slug="rojas")
    assert found('Institut "iRcardo Rojas"') == ["rojas"]
    assert found('Institut "Rojas Ricardo"') == []


def test_only_what_one_may_see_is_found(actors):
    make_actor("Geheimlabor", state="draft")
    assert found("Geheimlabor") == [] == [one.value for one in suggestions("Geheimlabor")]


@pytest.mark.parametrize(
    "text",
    [
        "Müller-Lüdenscheidt & Söhne",
        "L’Oréal",
        "Łódź, Århus, Ærø",
        "Straße 5",
        "IT:U",
        "Дом",
        "東京大学",
        "a_b",
    ],
)
def test_what_is_shown_is_spelt_as_in_the_database(actors, text):
    assert Actor.objects.values_list(Spelling(Value(text)), flat=True)[0] == spelling(text)


def test_marks_show_what_was_found(actors):
    marks = Highlighter.of(search("technik -bonn").query)
    assert marks.pieces("Die <Medizintechnik> in Bonn") == [
        ("Die <", False),
        ("Medizintechnik", True),
        ("> in Bonn", False),
    ]
    robots = Actor.objects.get(slug="robots")
    pieces, language = Highlighter.of(search("hospital").query).fragment(robots)
    assert (("hospitals", True) in pieces, language) == (True, "en")
    assert Highlighter.of(search("Testwerk").query).fragment(robots) == ([], "")


def test_reasons_for_staff(chain):
    area = make_area("robotics", name_de="Robotik", name_en="Robotics")
    actor = make_actor(
        "Robotik Nord", layers=[1], areas=[area], city="Robotikstadt", summary_de="Robotik für alle."
    )
    ActorAlias.objects.create(actor=actor, name="Nordrobotik")
    with translation.override("en"):
        found_by = reasons(actor, Highlighter.of(search("Robotik").query))
    assert [str(reason) for reason in found_by] == [
        "Name begins so",
        "Also called: Nordrobotik",
        "Application area: Robotics",
        "Place: Robotikstadt",
        "In the summary",
    ]


STRANGE = [
    "", "\0", "-", "--", '"', '""""', '"" -"" -', "!&|()<->:*'\\", "a & !b | (c)", "🙂🙂", "שלום עולם", "\u202eabc",
    "%_\\", "x" * 10_000, "a " * 5_000, '"' * 10_000, "-" * 10_000, "é" * 300, "~technik", "'';--", "a\tb\nc\r\n",
]  # fmt: skip


@pytest.mark.parametrize("text", STRANGE, ids=lambda text: repr(text[:12]))
def test_strange_questions_break_nothing(actors, client, text):
    found(text)
    suggestions(text)
    assert client.get("/de/akteure/", {"q": text}).status_code in (200, 400)
    assert client.get("/api/v1/suggest/", {"q": text}).status_code in (200, 400)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_anything_can_be_asked(actors, text):
    found(text)
    suggestions(text)
    Highlighter.of(search(text).query).pieces(text)


@given(st.text(max_size=300))
def test_nothing_is_lost_of_a_question(text):
    question = Question.of(text)
    assert "\0" not in f"{question.words}{question.phrases}{question.unwanted}"
