"""Actors are found by the other words of their topics and areas, and the hit says which word it was."""

import pytest

from actors.models import Actor, ActorAlias, ActorTopic, ApplicationFocus, Topic, TopicSynonym
from actors.search.engine import search
from actors.search.ranking import best_first
from applications.models import AreaSynonym
from tests.admin_pages import ACTORS
from tests.factories import make_actor, make_area
from tests.markup import markup_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def ai():
    topic = Topic.objects.create(
        slug="ai", name_de="Künstliche Intelligenz", name_en="Artificial intelligence"
    )
    ActorTopic.objects.create(actor=make_actor("Forschungszentrum"), topic=topic)
    return topic


def found(text: str) -> list[str]:
    result = search(text)
    by_key = dict(Actor.objects.values_list("pk", "name"))
    return [by_key[key] for key in best_first(result, result.keys)]


def test_documents_follow_every_change_of_a_word(ai):
    assert found("KI") == []
    word = TopicSynonym.objects.create(topic=ai, name="KI", kind="acronym")
    assert found("KI") == ["Forschungszentrum"]
    TopicSynonym.objects.filter(pk=word.pk).update(name="Maschinelles Lernen")
    assert (found("KI"), found("maschinelles lernen")) == ([], ["Forschungszentrum"])
    TopicSynonym.objects.bulk_create(
        [TopicSynonym(topic=ai, name="Neuronale Netze"), TopicSynonym(topic=ai, name="ML")]
    )
    assert found("ML") == found("Netze") == ["Forschungszentrum"]
    TopicSynonym.objects.all().delete()
    assert found("maschinelles lernen") == found("ML") == []


def test_names_stay_before_words_of_topics(ai):
    TopicSynonym.objects.create(topic=ai, name="KI", kind="acronym")
    named, also = make_actor("KI Park"), make_actor("Institut für Ki-Lehre")
    ActorAlias.objects.create(actor=make_actor("Drittes"), name="KI")
    assert found("KI") == ["Drittes", named.name, also.name, "Forschungszentrum"]


def test_areas_are_found_by_their_words_while_they_are_in_use():
    area = make_area("health", name_de="Gesundheit")
    ApplicationFocus.objects.create(actor=make_actor("Klinikum"), area=area)
    word = AreaSynonym.objects.create(area=area, name="MedTech")
    assert found("medtech") == ["Klinikum"]
    area.is_active = False
    area.save()
    assert found("medtech") == []
    area.is_active = True
    area.save()
    word.delete()
    assert found("medtech") == []


def test_a_hit_says_by_which_word(client, admin_client, chain, ai):
    TopicSynonym.objects.create(topic=ai, name="KI", kind="acronym")
    page = markup_of(client.get("/de/akteure/", {"q": "KI"}))
    assert "<mark>KI</mark> → Künstliche Intelligenz" in page
    listed = markup_of(admin_client.get(ACTORS, {"q": "KI"}))
    assert "Thema: KI → Künstliche Intelligenz" in listed


def test_a_hit_by_an_area_says_so(client, chain):
    area = make_area("health", name_de="Gesundheit", name_en="Health <care>")
    AreaSynonym.objects.create(area=area, name="MedTech & mehr")
    make_actor("Klinikum", areas=[area])
    make_actor("Anderes", areas=[area])
    page = markup_of(client.get("/de/akteure/", {"q": "medtech"}))
    assert page.count("Anwendungsfeld: <span><mark>MedTech</mark> &amp; mehr → Gesundheit</span>") == 2
    assert "Ähnlich geschrieben" not in page
    page = markup_of(client.get("/de/akteure/", {"q": "care"}))
    assert 'Anwendungsfeld: <span lang="en">Health &lt;<mark>care</mark>&gt;</span>' in page


def test_the_shortest_synonym_that_answers_is_named(client, ai):
    for name in ("Generative KI", "KI"):
        TopicSynonym.objects.create(topic=ai, name=name)
    assert "Thema: <span><mark>KI</mark> → " in markup_of(client.get("/de/akteure/", {"q": "KI"}))


def test_curators_find_needs_too(admin_client, ai):
    made = make_actor("Zellwerk", summary_de="Prüft Batterien.")
    make_actor("Entwurf", summary_de="Prüft Batterien.", state="draft")
    for address, name in ((ACTORS, "q"), ("/admin/search/", "s")):
        page = markup_of(admin_client.get(address, {name: "Batterien im Vakuum"}))
        assert "Zellwerk" in page and "Forschungszentrum" not in page
    everybody = Actor.objects.all()
    assert search("Batterien Vakuum", among=everybody, in_part=True).keys.tolist() == [made.pk]
    assert search("Batterien Vakuum", among=everybody).keys.tolist() == []  # who looks for one organisation


def test_short_words_are_marked_whole(client):
    make_actor("Kirow", summary_de="KI in Kisten.")
    assert "<mark>KI</mark> in Kisten." in markup_of(client.get("/de/akteure/", {"q": "ki"}))


def test_a_correction_is_a_real_word(ai):
    topic = Topic.objects.create(slug="welding", name_de="Schweißtechnik")
    ActorTopic.objects.create(actor=make_actor("Werk"), topic=topic)
    assert search("schweistechnik").meant == "Schweißtechnik"
    TopicSynonym.objects.create(topic=topic, name="Fügetechnik")
    assert search("Fugetechnk").meant == "Fügetechnik"
    TopicSynonym.objects.create(topic=topic, name="Skip")
    assert search("Kip Schweisstechnk").meant == "Kip Schweißtechnik"  # three letters may mean anything
