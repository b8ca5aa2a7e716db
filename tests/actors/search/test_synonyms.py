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
