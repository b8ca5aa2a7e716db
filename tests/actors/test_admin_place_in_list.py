"""From one actor of a filtered list to the next."""

import pytest
from django.urls import reverse

from actors.models import Actor
from clusterportal.review.models import Proposal
from tests.admin_pages import ACTORS, form_of, queries_of
from tests.factories import make_actor, make_cluster, make_person
from tests.markup import markup_of

pytestmark = pytest.mark.django_db


def page_of(actor) -> str:
    return reverse("admin:actors_actor_change", args=[actor.pk])


@pytest.fixture
def actors():
    return [make_actor(name, city=city) for name, city in zip("ABCDE", ["Mainz", "Halle"] * 3, strict=False)]


def place(client, actor, filters="") -> tuple | None:
    found = client.get(page_of(actor), {"_changelist_filters": filters}).context["place"]
    return found and (found.number, found.total, found.previous, found.following)


def test_the_whole_list(admin_client, actors):
    a, b, c, _d, e = actors
    assert place(admin_client, b) == (2, 5, a.pk, c.pk)
    assert place(admin_client, a) == (1, 5, None, b.pk)
    assert place(admin_client, e)[2:] == (actors[3].pk, None)


@pytest.mark.parametrize(
    "filters", ["q=Halle", "kind=research_institute&o=-1", "o=-1", "state=published", "q=Mainz&o=1"]
)
def test_the_place_is_the_one_in_the_list(admin_client, actors, filters):
    listed = [actor.pk for actor in admin_client.get(f"{ACTORS}?{filters}").context["cl"].result_list]
    assert listed
    for number, pk in enumerate(listed):
        beside = (listed[number - 1] if number else None, [*listed, None][number + 1])
        found = place(admin_client, Actor.objects.get(pk=pk), filters)
        assert found == (number + 1, len(listed), *beside)


def test_links_keep_the_list(admin_client, actors):
    markup = markup_of(admin_client.get(page_of(actors[1]), {"_changelist_filters": "q=Halle"}))
    assert f'href="{page_of(actors[3])}?_changelist_filters=q%3DHalle"' in markup
    assert "1 von 2" in markup and f'href="{ACTORS}?q=Halle"' in markup


@pytest.mark.parametrize("filters", ["q=%00", "x=1", "state=zzz", "o=9.x", "layer=zzz", "p=99", "q=Mainz"])
def test_an_actor_that_is_not_in_the_list_or_no_list_at_all(admin_client, actors, filters):
    assert admin_client.get(page_of(actors[1]), {"_changelist_filters": filters}).status_code == 200


def test_save_and_next(admin_client, actors):
    a, b = actors[:2]
    data = form_of(admin_client, a) | {"city": "Trier", "_next": b.pk}
    answer = admin_client.post(f"{page_of(a)}?_changelist_filters=o%3D1", data)
    assert answer.url == f"{page_of(b)}?_changelist_filters=o%3D1"
    a.refresh_from_db()
    assert a.city == "Trier"
    answer = admin_client.post(page_of(a), form_of(admin_client, a) | {"_next": "//evil.example"})
    assert answer.url == ACTORS
    assert 'name="_next"' not in markup_of(admin_client.get(page_of(actors[-1])))


def test_save_and_next_when_the_save_is_a_proposal(client, chain):
    cluster = make_cluster()
    a, b = make_actor("A", clusters=[cluster]), make_actor("B", clusters=[cluster])
    make_actor("C")
    client.force_login(make_person("editor", clusters=[cluster]))
    assert place(client, a) == (1, 2, None, b.pk)
    answer = client.post(page_of(a), form_of(client, a) | {"city": "Halle", "_next": b.pk})
    assert (answer.url, Proposal.objects.count()) == (page_of(b), 1)


def test_the_place_costs_as_much_in_a_long_list(admin_client, actors):
    admin_client.get(page_of(actors[0]))
    before = queries_of(admin_client, page_of(actors[0]))
    for number in range(30):
        make_actor(f"Z{number}")
    assert queries_of(admin_client, page_of(actors[0])) == before <= 40
