"""The public history of one actor."""

import pytest

from actors.models import Actor
from clusterportal.partners.models import FeedEntry
from tests.factories import make_actor, make_chain

pytestmark = pytest.mark.django_db


@pytest.fixture
def muster(client):
    make_chain()
    actor = make_actor("Muster", slug="muster")
    make_actor("Anderes", slug="anderes")
    client.get("/api/v1/changes/")  # the feed begins
    return actor


def changes(client, slug: str):
    return client.get(f"/api/v1/actors/{slug}/changes/")


def test_the_newest_change_comes_first_and_names_fields_alone(client, muster):
    muster.website = "https://muster.example"
    muster.save()
    client.get("/api/v1/changes/")
    muster.short_name = "M"
    muster.save()
    told = changes(client, "muster").json()["changes"]
    assert [(one["op"], [name for name in one["fields"] if name != "updated_at"]) for one in told] == [
        ("updated", ["short_name"]),
        ("updated", ["website"]),
        ("published", []),
    ]
    assert {one["uid"] for one in told} == {str(muster.uid)}
    assert "muster.example" not in str(told)
    (newest, *_) = told
    feed = client.get("/api/v1/changes/", {"since": told[1]["cursor"]}).json()["changes"]
    assert feed == [newest]


def test_the_permanent_id_is_an_address_and_a_former_slug_leads_on(client, muster):
    assert changes(client, str(muster.uid)).json() == changes(client, "muster").json()
    muster.slug = "muster-neu"
    muster.save()
    answer = changes(client, "muster")
    assert answer.status_code == 301
    assert answer.headers["Location"] == "http://testserver/api/v1/actors/muster-neu/changes/"


def test_of_who_is_not_public_nothing_is_told(client, muster):
    make_actor("Entwurf", slug="entwurf", state="draft")
    assert changes(client, "entwurf").status_code == 404
    Actor.objects.filter(pk=muster.pk).update(state="archived")
    client.get("/api/v1/changes/")
    assert changes(client, "muster").status_code == 410
    assert FeedEntry.objects.filter(uid=muster.uid).count() == 2
