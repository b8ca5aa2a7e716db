"""What a merge proposes, and two that people see to be one though the search did not."""

import pytest
from django.urls import reverse

from actors.models import Actor
from tests.clusterportal.quality.test_admin import PAIRS, form_of, merge_url
from tests.factories import make_actor, make_cluster, make_person

pytestmark = pytest.mark.django_db


def taken(response) -> dict[str, str]:
    return {row.code: row.taken for row in response.context["rows"]}


def test_the_proposals_follow_the_kept_actor(admin_client, pair):
    data = form_of(admin_client, merge_url(pair))
    assert data["proposed_for"] == data["keep"] == data["take_name"] == "left"
    switched = admin_client.post(merge_url(pair), data | {"keep": "right"})
    assert (switched.status_code, Actor.objects.count()) == (200, 2)
    assert taken(switched) == {"name": "right", "summary_de": "right", "website": "left"}
    assert "Noch wurde nichts zusammengeführt" in switched.content.decode()
    by_hand = admin_client.post(
        merge_url(pair), data | {"keep": "right", "take_website": "right", "again": "1"}
    )
    assert taken(by_hand) == {"name": "right", "summary_de": "right", "website": "right"}
    done = (
        data
        | {"keep": "right", "proposed_for": "right"}
        | {f"take_{k}": v for k, v in taken(switched).items()}
    )
    admin_client.post(merge_url(pair), done)
    actor = Actor.objects.get()
    assert (actor.pk, actor.name, actor.summary_de, actor.website) == (
        pair.second_id, "Institut Technik e. V.", "Rechts, länger", "https://a.example",
    )  # fmt: skip


def test_two_that_the_search_does_not_find_are_chosen_and_merged(admin_client):
    one, other = make_actor("Leipziger Wasserwerke"), make_actor("Kommunale Versorgung", city="Halle")
    choose = reverse("admin:quality_duplicatepair_choose", args=[one.pk])
    assert choose in admin_client.get(reverse("admin:actors_actor_change", args=[one.pk])).content.decode()
    for nothing in ("", "?!"):  # signs alone ask for nothing
        assert list(admin_client.get(choose, {"q": nothing}).context["found"]) == []
    found = admin_client.get(choose, {"q": "versorgung"})
    url = reverse("admin:quality_duplicatepair_merge", args=[one.pk, other.pk])
    assert found.context["found"] == [other] and url in found.content.decode()
    admin_client.post(url, form_of(admin_client, url))
    assert list(Actor.objects.values_list("name", flat=True)) == ["Leipziger Wasserwerke"]


def test_two_are_chosen_from_the_list_of_actors(admin_client):
    actors = [make_actor(name) for name in ("Alpha", "Beta", "Gamma")]
    listed = reverse("admin:actors_actor_changelist")

    def chosen(*some):
        keys = [actor.pk for actor in some]
        return admin_client.post(listed, {"action": "merge_two", "_selected_action": keys}, follow=True)

    assert chosen(*actors[:2]).redirect_chain[-1][0] == reverse(
        "admin:quality_duplicatepair_merge", args=[actors[0].pk, actors[1].pk]
    )
    for some in (actors, actors[:1]):
        assert "genau zwei Akteure" in chosen(*some).content.decode()


def test_others_actors_are_neither_found_nor_merged(client):
    cluster = make_cluster("one")
    mine, foreign = make_actor("Alpha Werke", clusters=[cluster]), make_actor("Beta Werke")
    client.force_login(make_person("manager", clusters=[cluster]))
    choose = reverse("admin:quality_duplicatepair_choose", args=[mine.pk])
    assert client.get(choose, {"q": "werke"}).context["found"] == []
    assert client.get(reverse("admin:quality_duplicatepair_choose", args=[foreign.pk])).status_code == 404
    client.force_login(make_person("editor", clusters=[cluster]))
    assert client.get(choose).status_code == 403
    assert "merge_two" not in client.get(reverse("admin:actors_actor_changelist")).content.decode()


def test_the_registry_is_searched_now_by_a_job(admin_client, client):
    from procrastinate.contrib.django.models import ProcrastinateJob

    url = reverse("admin:quality_duplicatepair_search")
    assert url in admin_client.get(PAIRS).content.decode()
    said = [admin_client.post(url, follow=True).content.decode() for _again in range(2)]
    assert "wird durchsucht" in said[0] and "wartet schon" in said[1]
    assert ProcrastinateJob.objects.filter(task_name="quality.find_duplicates", status="todo").count() == 1
    assert admin_client.get(url).status_code == 405
    client.force_login(make_person("viewer"))
    assert client.post(url).status_code == 403
