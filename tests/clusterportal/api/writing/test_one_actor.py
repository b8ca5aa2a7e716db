"""A partner changes one actor, onto the version it has seen, by the rules of imports."""

import pytest
from pghistory.models import Context

from actors.models import ActorTopic, ContactPerson, Identifier, Membership, Service, Topic
from clusterportal.history.acts import words_of
from clusterportal.history.undo import take_back
from tests.clusterportal.api.writing.sending import ACTORS, PATCH, seen, send
from tests.factories import make_area, make_cluster, make_person

pytestmark = pytest.mark.django_db


def test_a_patch_changes_what_it_names_and_answers_with_the_record(client, actor, key):
    patch = {"summary": {"en": "Builds machines."}, "address": {"street": "Markt 1"}, "founded": 1997}
    answer = send(client, actor, patch, key)
    assert answer.status_code == 200, answer.content
    record = answer.json()
    assert answer.headers["ETag"] == f'"{record["version"]}"'
    assert record["version"] == seen(client, actor)
    assert "no-store" in answer.headers["Cache-Control"]
    assert record == {
        "uid": str(actor.uid),
        "version": record["version"],
        "url": "http://testserver/en/actors/muster/",
        "api_url": "http://testserver/api/v1/actors/muster/",
        "slug": "muster",
        "name": "Muster GmbH",
        "short_name": None,
        "kind": "research_institute",
        "legal_form": None,
        "size": None,
        "founded": 1997,
        "website": None,
        "email": None,
        "phone": None,
        "contact_by": None,
        "latitude": None,
        "longitude": None,
        "location_accuracy": None,
        "publication": "published",
        "verified_on": None,
        "source": None,
        "address": {
            "street": "Markt 1",
            "postcode": "04109",
            "city": "Leipzig",
            "state": None,
            "country": "DE",
        },
        "summary": {"de": "Baut Maschinen.", "en": "Builds machines."},
        "description": {"de": None, "en": None},
        "main_layer": "applied-research",
        "layers": [{"slug": "applied-research", "basis": "topic", "note": {"de": None, "en": None}}],
        "areas": [],
        "topics": [],
        "memberships": [{"cluster": {"slug": "ours"}, "kind": "member", "since": None, "until": None}],
        "services": [],
        "identifiers": [],
        "aliases": [],
        "contacts": [],
    }


def test_what_everybody_reads_can_be_sent_back_whole_and_changes_nothing(client, ours, actor, key):
    area = make_area("health-medtech")
    topic = Topic.objects.create(slug="ki", name_de="KI", name_en="AI")
    ActorTopic.objects.create(actor=actor, topic=topic)
    actor.foci.create(area=area)
    Identifier.objects.create(actor=actor, scheme="ror", value="019hjw009")
    ContactPerson.objects.create(actor=actor, name="Eva Muster", role_de="Leitung", consent_on="2026-01-05")
    ContactPerson.objects.create(actor=actor, name="Verborgen", email="geheim@example.org")
    Service.objects.create(actor=actor, title_de="Prüfung", title_en="Testing")
    Service.objects.create(actor=actor, title_de="Beratung")
    hidden = make_cluster("hidden", state="draft")
    Membership.objects.create(actor=actor, cluster=hidden)
    whole = client.get(f"{ACTORS}muster/", {"lang": "*"}).json()
    answer = send(client, actor, whole, key, method="put")
    assert answer.status_code == 200, answer.content
    assert client.get(f"{ACTORS}muster/", {"lang": "*"}).json() == whole
    assert not Context.objects.filter(metadata__act="api").exists()
    assert actor.contacts.count() == 2 and actor.memberships.count() == 2

    for name in ("services", "contacts", "topics", "identifiers"):
        del whole[name]
    answer = send(client, actor, whole | {"founded": 1990}, key, method="put")
    record = answer.json()
    assert (record["founded"], record["services"], record["contacts"], record["topics"]) == (1990, [], [], [])
    assert [person.name for person in actor.contacts.all()] == ["Verborgen"]  # whom the partner never saw
    assert {one.cluster.slug for one in actor.memberships.all()} == {"ours", "hidden"}


def test_lists_are_replaced_whole_and_keep_their_order(client, actor, key):
    services = [{"title": {"de": title}} for title in ("Prüfung", "Beratung", "Schulung")]
    record = send(client, actor, {"services": services}, key).json()
    assert [one["title"]["de"] for one in record["services"]] == ["Prüfung", "Beratung", "Schulung"]
    turned = [services[2], {"title": "Testing"}, services[0]]
    record = send(client, actor, {"services": turned}, key, **{"Accept-Language": "de"}).json()
    assert [one["title"]["de"] for one in sorted(record["services"], key=lambda one: one["position"])] == [
        "Schulung",
        "Testing",
        "Prüfung",
    ]
    record = send(client, actor, {"main_layer": "basic-research", "layers": ["basic-research"]}, key).json()
    assert (record["main_layer"], [one["slug"] for one in record["layers"]]) == (
        "basic-research",
        ["basic-research"],
    )


def test_nobody_overwrites_what_they_have_not_seen(client, actor, key):
    version = seen(client, actor)
    Service.objects.create(actor=actor, title_de="Neu")  # in the same transaction: no moment tells it
    answer = send(client, actor, {"services": []}, key, version=version)
    assert answer.status_code == 412
    assert answer.json()["version"] == seen(client, actor) != version
    assert answer.json()["type"] == "/api/v1/docs/#problem-precondition-failed"
    bare = client.patch(f"{ACTORS}{actor.uid}/", "{}", content_type=PATCH, **key)
    assert bare.status_code == 428
    assert send(client, actor, {"services": []}, key, version="*").status_code == 200
    assert not actor.services.exists()


def test_a_call_is_one_act_of_the_partner_and_can_be_taken_back(client, ours, actor, key):
    manager = make_person("manager", clusters=[ours])
    version = seen(client, actor)
    patch = {"founded": 1990, "services": [{"title": {"de": "Prüfung"}}], "layers": ["basic-research"]}
    assert send(client, actor, patch, key).status_code == 200
    act = Context.objects.get(metadata__act="api")
    assert (act.metadata["username"], words_of(act.metadata)) == (
        "Kammer Nord",
        "Written over the interface (test)",
    )
    assert seen(client, actor) != version
    undone = take_back(act.pk, by=manager)
    assert undone.kept_count == 0
    actor.refresh_from_db()
    assert actor.founded is None and not actor.services.exists()
    assert [placement.layer.position for placement in actor.placements.all()] == [2]


def test_a_merged_or_renamed_cluster_does_not_cut_the_key_off(client, ours, actor, key):
    ours.slug = "renamed"
    ours.save()
    assert send(client, actor, {"founded": 1991}, key).status_code == 200


def test_many_fields_cost_no_more_questions(client, actor, key, django_assert_max_num_queries):
    version = seen(client, actor)
    whole = client.get(f"{ACTORS}muster/", {"lang": "*"}).json()
    whole |= {"services": [{"title": {"de": f"Leistung {number}"}} for number in range(30)]}
    whole |= {"aliases": [{"name": f"Name {number}", "kind": "former"} for number in range(30)]}
    with django_assert_max_num_queries(75):
        assert (
            send(client, actor, whole | {"founded": 1990}, key, version=version, method="put").status_code
            == 200
        )
