"""Two topics are merged on their pages and parted again, and hand their actors over."""

import pytest
from django.urls import reverse

from actors.models import ActorTopic, TermMerge, Topic, TopicSynonym
from tests.factories import make_actor, make_cluster, make_person
from tests.markup import markup_of

pytestmark = pytest.mark.django_db


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
    return f"/admin/actors/topic/{topic.pk}/change/"


def tools(noun: str, term, name: str) -> str:
    return reverse(f"admin:actors_termmerge_{name}", args=[noun, term.pk])


def test_two_are_merged_with_a_preview_and_parted_again(client, ai):
    client.force_login(make_person("manager", clusters=[make_cluster()]))
    twin = Topic.objects.create(slug="ki", name_de="KI")
    ActorTopic.objects.create(actor=make_actor("Zwei"), topic=twin)
    merge = tools("topic", ai, "merge")
    assert merge in markup_of(client.get(page(ai)))
    asked = markup_of(client.get(merge))
    assert "Wahrscheinlich dasselbe" in asked and "?other=ki" in asked
    shown = markup_of(client.get(merge, {"other": "KI"}))
    assert "„KI“ wird Teil von „Künstliche Intelligenz“" in shown and "1 Akteur bekommt" in shown
    turned = markup_of(client.get(merge, {"other": "KI", "keep": "other"}))
    assert "„Künstliche Intelligenz“ wird Teil von „KI“" in turned
    answer = client.post(merge, {"other": "KI", "keep": "this", "merge": "1"}, follow=True)
    undo = answer.redirect_chain[-1][0]
    assert "Wieder trennen" in markup_of(answer) and not Topic.objects.filter(slug="ki").exists()
    answer = client.post(undo, follow=True)
    assert "sind wieder zwei" in markup_of(answer)
    assert ActorTopic.objects.get().topic == Topic.objects.get(slug="ki")
    assert "zurückgenommen von" in markup_of(client.get(reverse("admin:actors_termmerge_changelist")))
    assert "schon zurückgenommen" in markup_of(client.post(undo, follow=True))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Niemals", "Kein anderer Eintrag heißt so"),
        ("ai", "Kein anderer Eintrag heißt so"),
        ("Doppelt", "Mehrere Einträge heißen so"),
    ],
)
def test_what_names_no_other_one_is_said(admin_client, ai, typed, said):
    for slug in ("one", "two"):
        Topic.objects.create(slug=slug, name_de="Doppelt")
    merge = tools("topic", ai, "merge")
    assert said in markup_of(admin_client.get(merge, {"other": typed}))
    admin_client.post(merge, {"other": typed, "merge": "1"})
    assert Topic.objects.count() == 3


def test_twins_of_one_name_can_be_merged(admin_client, ai):
    twin = Topic.objects.create(slug="ai-2", name_de="Künstliche Intelligenz")
    admin_client.post(tools("topic", ai, "merge"), {"other": "Künstliche Intelligenz", "merge": "1"})
    assert not Topic.objects.filter(pk=twin.pk).exists()


def test_what_was_edited_since_is_named_before_and_after_parting(admin_client, ai, networking):
    twin = Topic.objects.create(slug="ki", name_de="KI-Technik")
    ActorTopic.objects.create(actor=make_actor("Zwei"), topic=twin)
    admin_client.post(tools("topic", ai, "merge"), {"other": "ki", "merge": "1"})
    admin_client.post(tools("topic", ai, "move"), {"other": "Vernetzung", "which": "all"})
    undo = reverse("admin:actors_termmerge_undo", args=[TermMerge.objects.get().pk])
    assert "Seitdem bearbeitet" in markup_of(admin_client.get(undo))
    assert "seitdem" in markup_of(admin_client.post(undo, follow=True))


def test_actors_are_moved_all_or_some(client, ai, networking):
    ours = make_cluster("ours")
    mine = [make_actor(f"Mein {number}", clusters=[ours]) for number in range(2)]
    for actor in [*mine, make_actor("Fremd")]:
        ActorTopic.objects.create(actor=actor, topic=ai)
    client.force_login(make_person("manager", clusters=[ours]))
    move = tools("topic", ai, "move")
    shown = markup_of(client.get(move))
    assert "1 weiterer Akteur gehört zu anderen Clustern und bleibt" in shown and "Alle 2 Akteure" in shown
    assert "Kreuzen Sie die Akteure an" in markup_of(
        client.post(move, {"other": "Networking", "which": "some"})
    )
    client.post(move, {"other": "Networking", "which": "some", "actor": [mine[0].pk, "x"]})
    assert [one.actor for one in networking.actor_topics.all()] == [mine[0]]
    answer = client.post(move, {"other": "Networking", "which": "all"}, follow=True)
    assert "1 Akteur hat jetzt „Vernetzung“ statt „Künstliche Intelligenz“" in markup_of(answer)
    assert [str(one.actor) for one in ai.actor_topics.all()] == ["Fremd"]


@pytest.mark.parametrize("noun", ["layer", "x"])
def test_nothing_else_can_be_merged_here(admin_client, ai, noun):
    for name in ("merge", "move"):
        assert admin_client.get(tools(noun, ai, name)).status_code == 404
    assert admin_client.get(reverse("admin:actors_termmerge_undo", args=[9999])).status_code == 404


def test_two_are_ticked_in_the_list_and_merged(admin_client, ai):
    twin = Topic.objects.create(slug="ki", name_de="KI-Technik")
    ActorTopic.objects.create(actor=make_actor(), topic=twin)

    def tick(*topics):
        data = {"action": "merge_two", "_selected_action": [topic.pk for topic in topics]}
        return admin_client.post("/admin/actors/topic/", data)

    assert tick(ai, twin)["Location"] == f"{tools('topic', twin, 'merge')}?other=ai"
    assert "genau zwei" in markup_of(admin_client.get(tick(ai)["Location"]))
