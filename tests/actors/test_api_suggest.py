"""Suggestions of the public API."""

import pytest

from actors.models import Actor, ActorAlias, ActorTopic, Topic, TopicSynonym
from applications.models import AreaSynonym
from tests.factories import make_actor, make_area

pytestmark = pytest.mark.django_db
API = "/api/v1/"
HOST = "http://testserver"


@pytest.fixture
def model(chain):
    make_actor("Erstes Institut", layers=[1, 2])
    make_actor("Zweites Institut", layers=[2], kind="company")
    make_actor("Entwurf", layers=[5], state="draft")


def labels(client, text, **more):
    return [one["label"] for one in client.get(f"{API}suggest/", {"q": text, **more}).json()["results"]]


def test_suggestions(client, model):
    assert client.get(f"{API}suggest/", {"q": "erste"}).json() == {
        "results": [
            {
                "kind": "actor",
                "label": "Erstes Institut",
                "url": f"{HOST}/de/akteure/erstes-institut/",
                "api_url": f"{HOST}{API}actors/erstes-institut/",
                "value": "erstes-institut",
                "found_by": None,
            }
        ]
    }
    place = client.get(f"{API}suggest/", {"q": "leip", "lang": "*"}).json()["results"][0]
    assert place == {
        "kind": "place",
        "label": "Leipzig",
        "url": f"{HOST}/de/akteure/?city=Leipzig",
        "api_url": f"{HOST}{API}actors/?city=Leipzig",
        "value": "Leipzig",
        "found_by": None,
    }
    layer = client.get(f"{API}suggest/", {"q": "grundlagen", "lang": "*"}).json()["results"][0]
    assert (layer["kind"], layer["label"]) == ("layer", {"de": "Grundlagenforschung", "en": "Basic research"})


@pytest.mark.parametrize(
    "text", ["fraunhofer", "Frauenhofer", "frauenhofr", "FRAUNHOFR", "fraunhofer  iese", "iese"]
)
def test_typing_errors_are_forgiven(client, model, text):
    make_actor("Fraunhofer-Institut", short_name="IESE")
    assert labels(client, text)[0] == "Fraunhofer-Institut (IESE)"


def test_suggestions_know_aliases_and_topics_in_use(client, model):
    ActorAlias.objects.create(actor=Actor.objects.get(slug="erstes-institut"), name="Quantenhaus")
    Topic.objects.create(slug="quanta", name_de="Quantencomputer")
    assert labels(client, "quanten") == ["Erstes Institut"]


def test_at_most_ten_suggestions_the_best_first(client, model):
    for _ in range(12):
        make_actor()
    make_actor("Bestinstitut")
    found = labels(client, "institut")
    assert len(found) == 10
    assert labels(client, "bestinstitut") == ["Bestinstitut", *labels(client, "bestinstitut")[1:]]


@pytest.mark.parametrize("text", ["", "   ", "%", "_", "\\", "'", "zzzzqqq", "🙂", "x" * 200])
def test_strange_texts_find_little_and_break_nothing(client, model, text):
    assert labels(client, text) == []


def test_suggest_needs_a_text(client, model):
    assert client.get(f"{API}suggest/?lang=en").json()["errors"] == {"q": ["This parameter is required."]}
    assert client.get(f"{API}suggest/", {"q": "x" * 201}).status_code == 400


@pytest.mark.parametrize(("text", "number"), [("leipzik", 3), ("leipzig", 2), ("i", 2)])
def test_likeness_is_measured_only_where_little_is_found(
    client, model, text, number, django_assert_num_queries
):
    with django_assert_num_queries(number):  # one of them for news and dates
        client.get(f"{API}suggest/", {"q": text})


def test_several_words_lead_to_the_topics_of_each(client, model):
    actor = make_actor("Haus", city="Bonn")
    for slug, name, word in (("ai", "Künstliche Intelligenz", "KI"), ("med", "Medizintechnik", "CE-Zeichen")):
        topic = Topic.objects.create(slug=slug, name_de=name)
        ActorTopic.objects.create(actor=actor, topic=topic)
        TopicSynonym.objects.create(topic=topic, name=word)
    ActorTopic.objects.create(actor=actor, topic=Topic.objects.create(slug="cement", name_de="Cement"))
    assert labels(client, "KI Med") == ["Künstliche Intelligenz", "Medizintechnik"]
    assert labels(client, "wer macht CE") == ["Medizintechnik"]
    assert labels(client, "wer macht KI in Bonn") == ["Künstliche Intelligenz", "Bonn"]


def test_questions_of_several_words_take_a_bounded_number_of_queries(
    client, model, django_assert_num_queries
):
    with django_assert_num_queries(7):
        client.get(f"{API}suggest/", {"q": "eins zwo drei vier fünf sechs sieben"})


def test_a_whole_acronym_comes_before_beginnings_and_parts_of_words(client, model):
    actor = make_actor("Kinderklinik")
    topics = [
        ("artificial-intelligence", "Künstliche Intelligenz"),
        ("networking", "Vernetzung"),
        ("kites", "Kiten"),
    ]
    for slug, name in topics:
        topic = Topic.objects.create(slug=slug, name_de=name, name_en=slug.replace("-", " ").capitalize())
        ActorTopic.objects.create(actor=actor, topic=topic)
    TopicSynonym.objects.create(
        topic=Topic.objects.get(slug="artificial-intelligence"), name="KI", kind="acronym", language="de"
    )
    found = client.get(f"{API}suggest/", {"q": "ki"}).json()["results"]
    assert [(one["label"], one["found_by"]) for one in found] == [
        ("Künstliche Intelligenz", "KI"),
        ("Kiten", None),
        ("Kinderklinik", None),
        ("Vernetzung", None),
    ]


def test_synonyms_are_forgiven_their_typing_errors_and_areas_have_them_too(client, model):
    area = make_area("health", name_de="Gesundheit und Medizintechnik")
    AreaSynonym.objects.create(area=area, name="Life Sciences")
    for text in ("life", "life sciences", "lief sciences"):
        found = client.get(f"{API}suggest/", {"q": text}).json()["results"][0]
        assert (found["kind"], found["value"], found["found_by"]) == ("area", "health", "Life Sciences")
    assert client.get(f"{API}suggest/", {"q": "ci"}).json()["results"] == []  # within "sciences" only
    assert client.get(f"{API}suggest/", {"q": "gesundheit"}).json()["results"][0]["found_by"] is None
