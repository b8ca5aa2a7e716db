"""Walking through a filtered list at the placing desk: in its order, resumed, nobody skipped and nobody twice."""

import pytest

from clusterportal.history.models import current_revision
from clusterportal.placing.models import Walk
from tests.clusterportal.placing.desk import DESK, UNPLACED, enter, save, texts_of
from tests.factories import make_actor
from tests.markup import markup_of

pytestmark = pytest.mark.django_db


def test_it_walks_the_list_as_the_admin_shows_it(client, manager, cluster, drafts):
    make_actor("Platziert", clusters=[cluster], layers=[1])
    shown = client.get(f"/admin/actors/actor/?{UNPLACED}").context["cl"].queryset
    page = enter(client, UNPLACED)
    assert Walk.objects.get().keys == [actor.pk for actor in shown] == [actor.pk for actor in drafts]
    assert (page.context["actor"], page.context["number"], page.context["total"]) == (drafts[0], 1, 3)
    assert "<strong>1 von 3</strong>" in markup_of(page)


def test_search_and_order_of_the_list_hold(client, manager, cluster, drafts):
    make_actor("Nordwind", clusters=[cluster], state="draft")
    enter(client, "q=haus&o=-1")
    assert Walk.objects.get().keys == [actor.pk for actor in reversed(drafts)]


def test_who_is_placed_leaves_the_list_and_nobody_is_skipped_or_comes_twice(client, manager, chain, drafts):
    page, seen = enter(client, UNPLACED), []
    while "number" in page.context:
        seen.append((page.context["actor"], page.context["number"], page.context["placed"]))
        page = save(client, page, layers=[chain[1].pk])
    assert seen == [(drafts[0], 1, 0), (drafts[1], 2, 1), (drafts[2], 3, 2)]
    assert page.request["PATH_INFO"] == f"{DESK}end/"
    assert (page.context["total"], page.context["left"], page.context["placed"]) == (3, 0, drafts)


def test_skip_and_back_are_links_and_change_nothing(client, manager, drafts):
    revision = current_revision()
    first = enter(client, UNPLACED)
    second = client.get(first.context["skip_url"])
    assert (second.context["actor"], second.context["number"]) == (drafts[1], 2)
    assert client.get(second.context["back_url"]).context["actor"] == drafts[0]
    last = client.get(second.context["skip_url"])
    assert client.get(last.context["skip_url"]).context["left"] == 3
    assert first.context["back_url"] == ""
    assert current_revision() == revision


def test_it_goes_on_where_one_was_and_begins_again_on_request(client, manager, drafts):
    first = enter(client, UNPLACED)
    client.get(first.context["skip_url"])
    page = enter(client, UNPLACED)
    assert page.context["actor"] == drafts[1]
    assert texts_of(page)[0].startswith("Sie machen dort weiter, wo Sie waren")
    page = client.post(f"{DESK}?{UNPLACED}", {"again": "1"}, follow=True)
    assert page.context["actor"] == drafts[0]


def test_a_walk_at_its_end_begins_anew_with_the_list_as_it_is(client, manager, chain, drafts):
    page = enter(client, UNPLACED)
    for _actor in drafts:
        page = save(client, page, layers=[chain[0].pk])
    page = enter(client, UNPLACED)
    assert "Diese Liste enthält keinen Akteur" in markup_of(page)
    assert Walk.objects.get().keys == []


def test_actors_that_went_away_are_passed_over(client, manager, chain, drafts):
    page = enter(client, UNPLACED)
    drafts[1].delete()
    assert save(client, page, layers=[chain[0].pk]).context["actor"] == drafts[2]


def test_one_keeps_the_latest_walks(client, manager, monkeypatch, drafts):
    monkeypatch.setattr("clusterportal.placing.domain.walks.MOST_WALKS", 2)
    for query in ("kind=company", "kind=chamber", "kind=other"):
        enter(client, query)
    assert sorted(Walk.objects.values_list("query", flat=True)) == ["kind=chamber", "kind=other"]


def test_a_walk_has_bounds(client, manager, monkeypatch, drafts):
    for place in ("domain.walks", "admin.desk"):
        monkeypatch.setattr(f"clusterportal.placing.{place}.MOST_ACTORS", 2)
    page = enter(client)
    assert len(Walk.objects.get().keys) == 2
    assert texts_of(page) == ["Die Liste ist sehr lang: Sie gehen ihre ersten 2 Akteure durch."]


@pytest.mark.parametrize("query", ["nonsense=1", "q=%00", "gap=fits&layer=x&area=y", f"q={'x' * 2001}"])
def test_filters_that_make_no_list_make_no_walk(client, manager, query):
    page = client.get(f"{DESK}?{query}")
    assert page.status_code in (302, 400, 404)
    assert not Walk.objects.exists()


def test_the_list_and_the_short_address_lead_there(client, manager, drafts):
    page = client.get(f"/admin/actors/actor/?{UNPLACED}")
    assert f'href="{DESK}?layer=none&amp;state=current"' in markup_of(page)
    page = client.get(f"/admin/actors/placing/?{UNPLACED}", follow=True)
    assert page.context["actor"] == drafts[0]
    assert f'href="{DESK}?layer=none&amp;state=current"' in markup_of(client.get("/admin/?overview=1"))
