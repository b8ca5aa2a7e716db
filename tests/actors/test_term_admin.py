"""Topics and areas in the admin: found by any of their words, kept apart, merged, and their actors moved."""

import pytest

from actors.admin import filters
from actors.models import ActorTopic, TermMerge, Topic, TopicLink, TopicSynonym
from applications.models import ApplicationArea, AreaSynonym
from tests.admin_pages import ACTORS, form_in, queries_of
from tests.factories import make_actor, make_area, make_cluster, make_person
from tests.markup import markup_of

pytestmark = pytest.mark.django_db
TOPICS, AREAS = "/admin/actors/topic/", "/admin/applications/applicationarea/"


@pytest.fixture
def ai():
    topic = Topic.objects.create(
        slug="ai", name_de="Künstliche Intelligenz", name_en="Artificial intelligence"
    )
    TopicSynonym.objects.create(topic=topic, name="KI", kind="acronym", language="de")
    return topic


@pytest.fixture
def networking():
    return Topic.objects.create(slug="networking", name_de="Vernetzung", name_en="Networking")


def page(topic) -> str:
    return f"{TOPICS}{topic.pk}/change/"


def form_to_add(client, url: str, **values) -> dict:
    return form_in(client.get(f"{url}add/")) | values


# ---------- lists and search boxes ----------
def test_the_count_leads_to_as_many_actors_as_it_says(client, ai):
    """Whoever works with one cluster counts its actors, and sees them behind the number."""
    ours = make_cluster("ours")
    for name, clusters in (("Unser", [ours]), ("Fremd", [])):
        ActorTopic.objects.create(actor=make_actor(name, clusters=clusters), topic=ai)
    client.force_login(make_person("manager", clusters=[ours]))
    assert 'href="/admin/actors/actor/?topic=ai"' in markup_of(client.get(TOPICS))
    assert [one.actor_count for one in client.get(TOPICS).context["cl"].result_list] == [1]
    listed = client.get(f"{ACTORS}?topic=ai").context["cl"]
    assert [str(one) for one in listed.result_list] == ["Unser"]
    client.force_login(make_person("administrator"))
    assert [one.actor_count for one in client.get(TOPICS).context["cl"].result_list] == [2]


def test_the_list_of_actors_knows_topics_merged_ones_and_none(admin_client, ai, monkeypatch):
    actor, _other = make_actor("Mit"), make_actor("Ohne")
    ActorTopic.objects.create(actor=actor, topic=ai)
    TermMerge.objects.create(
        noun="topic",
        kept_key=ai.pk,
        merged_key=0,
        merged_slug="old",
        act="00000000-0000-4000-8000-000000000000",
    )

    def listed(value):
        answer = admin_client.get(f"{ACTORS}?topic={value}")
        return [str(one) for one in answer.context["cl"].result_list], markup_of(answer)

    assert listed("ai")[0] == listed("old")[0] == ["Mit"]
    assert listed("none")[0] == ["Ohne"]
    names, shown = listed("never")
    assert names == [] and "„never“ ist kein Thema" in shown
    monkeypatch.setattr(filters, "MOST_TOPICS", 0)
    assert listed("ai")[0] == listed("old")[0] == ["Mit"]


@pytest.mark.parametrize("url", [TOPICS, AREAS])
def test_a_list_asks_as_often_for_three_as_for_one(admin_client, url):
    def more(number):
        topic = Topic.objects.create(slug=f"t{number}", name_de=f"Thema {number}")
        area = make_area(f"a{number}")
        TopicSynonym.objects.create(topic=topic, name=f"Wort {number}")
        AreaSynonym.objects.create(area=area, name=f"Wort {number}")
        ActorTopic.objects.create(actor=make_actor(areas=[area]), topic=topic)

    more(1)
    admin_client.get(url)
    once = queries_of(admin_client, url)
    more(2)
    more(3)
    assert queries_of(admin_client, url) == once


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ki", ["KI → Künstliche Intelligenz", "Vernetzung"]),
        ("KI", ["KI → Künstliche Intelligenz", "Vernetzung"]),
        ("künstl", ["Künstliche Intelligenz"]),
        ("mar", ["Marktforschung → Vernetzung"]),
        ("arkt", ["Marktforschung → Vernetzung"]),
        ("ar", ["Künstliche Intelligenz"]),
        ("kuenstliche intelligenz", ["Künstliche Intelligenz"]),
        ("artificial", ["Künstliche Intelligenz"]),
        ("netz", ["Vernetzung"]),
        ("%", []),
        ("zzz", []),
    ],
)
def test_a_search_box_finds_acronyms_first_and_says_why(admin_client, ai, networking, text, found):
    TopicSynonym.objects.create(topic=networking, name="Marktforschung")
    asked = {"app_label": "actors", "model_name": "actortopic", "field_name": "topic", "term": text}
    answer = admin_client.get("/admin/autocomplete/", asked).json()
    assert [one["text"] for one in answer["results"]] == found


def test_the_lists_search_in_synonyms_too(admin_client, ai, networking):
    AreaSynonym.objects.create(area=make_area("health", name_de="Gesundheit"), name="MedTech")
    found = admin_client.get(f"{TOPICS}?q=ki").context["cl"].result_list
    assert [topic.slug for topic in found] == ["ai", "networking"]
    by_name = admin_client.get(f"{TOPICS}?q=ki&o=-1").context["cl"].result_list
    assert [topic.slug for topic in by_name] == ["networking", "ai"]
    assert [one.slug for one in admin_client.get(f"{AREAS}?q=medtech").context["cl"].result_list] == [
        "health"
    ]


# ---------- the form ----------
@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("KI", "hat die Abkürzung „KI“"),
        ("künstliche  Intelligenz", "heißt „Künstliche Intelligenz“"),
        ("Artificial Intelligence", "heißt „Artificial intelligence“"),
        ("Künstliche Inteligenz", "fast so geschrieben"),
        ("Künstliche Intelligenzen", "eine andere Form"),
        ("AI", "hat diese Anfangsbuchstaben"),
    ],
)
def test_a_second_spelling_is_offered_and_taken_only_with_a_tick(admin_client, ai, name, why):
    data = form_to_add(admin_client, TOPICS, name_de=name)
    answer = admin_client.post(f"{TOPICS}add/", data)
    shown = markup_of(answer)
    assert why in shown and f'href="{page(ai)}"' in shown
    assert Topic.objects.count() == 1
    admin_client.post(f"{TOPICS}add/", data | {"is_other": "on"})
    assert Topic.objects.count() == 2


@pytest.mark.parametrize("name", ["Robotik", "Künstliche Bewässerung", "Intelligenz", "Ki", "X"])
def test_what_is_no_second_spelling_is_saved_without_a_question(admin_client, ai, name):
    expected = 1 if name == "Ki" else 2
    admin_client.post(f"{TOPICS}add/", form_to_add(admin_client, TOPICS, name_de=name))
    assert Topic.objects.count() == expected


def test_what_exists_can_be_used_and_remembers_the_new_word(admin_client, ai):
    data = form_to_add(admin_client, TOPICS, name_de="Künstliche Inteligenz", name_en="AI", _use=ai.pk)
    answer = admin_client.post(f"{TOPICS}add/", data)
    assert answer["Location"] == page(ai)
    assert set(ai.synonyms.values_list("name", "kind", "language")) == {
        ("KI", "acronym", "de"), ("Künstliche Inteligenz", "synonym", "de"), ("AI", "acronym", "en"),
    }  # fmt: skip
    assert Topic.objects.count() == 1
    assert admin_client.post(f"{TOPICS}add/", data | {"_use": "999999"}).status_code == 404
    popup = admin_client.post(f"{TOPICS}add/?_popup=1", data | {"_popup": "1"})
    assert f"&quot;value&quot;: &quot;{ai.pk}&quot;" in popup.content.decode()


def test_a_topic_is_saved_again_without_being_asked_about_itself(admin_client, ai, networking):
    data = form_in(admin_client.get(page(ai)))
    assert admin_client.post(page(ai), data | {"name_en": "AI"}).status_code == 302
    answer = admin_client.post(
        page(networking), form_in(admin_client.get(page(networking))) | {"name_en": "KI"}
    )
    assert "hat die Abkürzung „KI“" in markup_of(answer)


def test_areas_are_asked_about_as_well(admin_client):
    area = make_area("health", name_de="Gesundheit und Medizintechnik")
    AreaSynonym.objects.create(area=area, name="MedTech")
    answer = admin_client.post(
        f"{AREAS}add/", form_to_add(admin_client, AREAS, name_de="Medtech", position=2)
    )
    assert "hat das Synonym „MedTech“" in markup_of(answer) and ApplicationArea.objects.count() == 1


def test_words_and_broader_topics_are_edited_on_the_page(admin_client, ai, networking):
    computing = Topic.objects.create(slug="computing", name_de="Informatik")
    data = form_in(admin_client.get(page(ai)))
    data |= {
        "synonyms-TOTAL_FORMS": 2, "synonyms-1-topic": ai.pk, "synonyms-1-name": "Maschinelles Lernen",
        "synonyms-1-kind": "synonym", "synonyms-1-language": "de",
        "broader_links-TOTAL_FORMS": 1, "broader_links-0-topic": ai.pk, "broader_links-0-broader": computing.pk,
    }  # fmt: skip
    answer = admin_client.post(page(ai), data)
    assert answer.status_code == 302, answer.context["errors"]
    assert [str(one) for one in ai.synonyms.all()] == ["KI", "Maschinelles Lernen"]
    assert [one.slug for one in ai.broader.all()] == ["computing"]
    assert "Maschinelles Lernen" in markup_of(admin_client.get(f"{TOPICS}{ai.pk}/history/"))
    # What cannot be is said, and nothing is saved.
    for changes, problem in (
        ({"synonyms-1-name": "ki!"}, "steht schon da"),
        ({"synonyms-1-name": "Artificial Intelligence"}, "Das ist schon der Name"),
    ):
        assert problem in markup_of(
            admin_client.post(page(ai), form_in(admin_client.get(page(ai))) | changes)
        )
    up = form_in(admin_client.get(page(computing)))
    up |= {
        "broader_links-TOTAL_FORMS": 1,
        "broader_links-0-topic": computing.pk,
        "broader_links-0-broader": ai.pk,
    }
    assert "kann nicht über einem stehen" in markup_of(admin_client.post(page(computing), up))
    assert TopicLink.objects.count() == 1


def test_a_word_that_leads_to_two_is_said(admin_client, ai, networking):
    data = form_in(admin_client.get(page(networking)))
    data |= {
        "synonyms-TOTAL_FORMS": 1,
        "synonyms-0-topic": networking.pk,
        "synonyms-0-name": "KI",
        "synonyms-0-kind": "acronym",
    }
    answer = admin_client.post(page(networking), data, follow=True)
    assert "„KI“ führt auch zu „Künstliche Intelligenz“." in markup_of(answer)
