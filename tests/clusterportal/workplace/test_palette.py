"""What Ctrl-K finds: lists by their names, and the actors that the person works with, no others."""

import pytest

from tests.factories import make_actor, make_cluster, make_person

pytestmark = pytest.mark.django_db
SEARCH = "/admin/search/"


def test_actors_are_found_with_their_place_and_their_page(admin_client):
    actor = make_actor("Fraunhofer-Institut", short_name="ITWM", city="Kaiserslautern")
    markup = admin_client.get(SEARCH, {"s": "fraunhofr", "extended": "1"}).content.decode()
    assert f'href="/admin/actors/actor/{actor.pk}/change/"' in markup
    assert "ITWM – Fraunhofer-Institut, Kaiserslautern" in markup


def test_only_those_within_reach(client):
    ours, theirs = make_cluster("ours"), make_cluster("theirs")
    make_actor("Robotik Unser", clusters=[ours], state="draft")
    make_actor("Robotik Fremd", clusters=[theirs], state="draft")
    client.force_login(make_person("editor", clusters=[ours]))
    markup = client.get(SEARCH, {"s": "robotik", "extended": "1"}).content.decode()
    assert "Robotik Unser" in markup and "Fremd" not in markup
    for senseless in ("\x00", '"', "x" * 3000, "-"):
        assert client.get(SEARCH, {"s": senseless, "extended": "1"}).status_code == 200


def test_long_lists_are_cut(admin_client):
    for number in range(20):
        make_actor(f"Robotik {number}")
    markup = admin_client.get(SEARCH, {"s": "robotik", "extended": "1"}).content.decode()
    assert markup.count("/change/") == 12


def test_lists_are_found_by_their_names_by_those_who_may_read_them(admin_client, client):
    assert 'href="/admin/accounts/user/"' in admin_client.get(SEARCH, {"s": "person"}).content.decode()
    client.force_login(make_person("editor"))
    assert "/admin/accounts/user/" not in client.get(SEARCH, {"s": "person"}).content.decode()
    assert client.get(SEARCH).status_code == 200
    client.logout()
    assert client.get(SEARCH, {"s": "x"}).status_code == 302
