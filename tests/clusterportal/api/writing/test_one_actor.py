"""A partner changes one actor: in the clusters of its key, onto the version it has seen, by the rules of imports."""

import json

import pytest
from pghistory.models import Context

from actors.models import Actor, ActorTopic, ContactPerson, Identifier, Membership, Service, Topic
from clusterportal.history.acts import words_of
from clusterportal.history.undo import take_back
from clusterportal.partners.domain.keys import write_scope
from tests.factories import (
    make_actor,
    make_area,
    make_chain,
    make_cluster,
    make_key,
    make_partner,
    make_person,
)

pytestmark = pytest.mark.django_db
ACTORS = "/api/v1/actors/"
PATCH = "application/merge-patch+json"


@pytest.fixture
def ours():
    make_chain()
    return make_cluster("ours")


@pytest.fixture
def actor(ours):
    return make_actor(
        "Muster GmbH",
        slug="muster",
        layers=[2],
        clusters=[ours],
        summary_de="Baut Maschinen.",
        postcode="04109",
    )


@pytest.fixture
def key(ours):
    """What a test client sends with each request of a partner that may write `ours`."""
    _key, sent = make_key(write_scope(ours), partner=make_partner("Kammer Nord"))
    return sent


def seen(client, actor) -> str:
    return client.get(f"{ACTORS}{actor.uid}/").json()["version"]


def send(client, actor, data, sent, *, version=None, method="patch", **headers):
    version = version or seen(client, actor)
    return getattr(client, method)(
        f"{ACTORS}{actor.uid}/",
        json.dumps(data),
        content_type=PATCH if method == "patch" else "application/json",
        headers={"Accept-Language": "en", "If-Match": f'"{version}"', **headers},
        **sent,
    )


def problem_of(answer) -> tuple:
    assert answer.headers["Content-Type"] == "application/problem+json"
    return answer.status_code, answer.json().get("errors", answer.json()["detail"])


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


def test_a_key_reaches_its_clusters_and_learns_nothing_of_others(client, ours, actor, key):
    public = make_actor("Andere", clusters=[make_cluster("theirs")])
    hidden = make_actor("Verborgen", state="draft", clusters=[make_cluster("third")])
    draft = make_actor("Entwurf", state="draft", clusters=[ours])
    nobody = Actor(uid="00000000-0000-4000-8000-000000000000")
    asked = {
        name: send(client, one, {"founded": 1990}, key, version="*")
        for name, one in {"public": public, "hidden": hidden, "draft": draft, "nobody": nobody}.items()
    }
    assert {name: answer.status_code for name, answer in asked.items()} == {
        "public": 403,
        "hidden": 404,
        "draft": 200,
        "nobody": 404,
    }
    assert asked["hidden"].content == asked["nobody"].content
    _key, reader = make_key()
    _key, other = make_key("propose")
    assert send(client, actor, {}, {}, version="*").status_code == 401
    for sent in (reader, other):
        answers = {send(client, one, {}, sent, version="*").content for one in (actor, hidden, nobody)}
        assert len(answers) == 1
        assert json.loads(answers.pop())["status"] == 403


def test_what_cannot_be_taken_is_named_by_field(client, actor, key):
    status, errors = problem_of(send(client, actor, {"nam": "X", "layers": [{"slug": "x", "why": 1}]}, key))
    assert (status, [*errors]) == (400, ["nam"])
    assert "name, short_name, kind" in errors["nam"][0]
    status, errors = problem_of(send(client, actor, {"layers": [{"slug": "x", "why": 1}]}, key))
    assert (status, errors) == (
        400,
        {"layers.0.why": ["“why” is not known here. Known are: slug, basis, note."]},
    )
    make_cluster("theirs")
    patch = {
        "name": None,
        "summary": ["x"],
        "founded": [1],
        "website": "n/a",
        "contacts": [{"name": "Eva", "email": {"x": 1}}],
        "memberships": [{"cluster": "theirs"}],
        "main_layer": "application-market",
        "services": "x",
    }
    assert problem_of(send(client, actor, patch, key)) == (
        422,
        {
            "name": ["This cannot be empty."],
            "website": ["This says nothing. Send null where nothing is known."],
            "summary": ["Send a text, or an object with a text for each language."],
            "contacts.0.email": ["One value is expected here."],
            "contacts.0.consent_on": [
                "Only people who agreed to it may be named: say on which day they did."
            ],
            "memberships.0.cluster": ["You may not write for this cluster. You may for: ours."],
            "main_layer": ["This is none of the layers of the record."],
            "services": ["Send a list."],
        },
    )
    patch = {"founded": 3000, "address": {"country": "Atlantis"}, "layers": ["nowhere"], "kind": "x"}
    status, errors = problem_of(send(client, actor, patch, key))
    assert (status, sorted(errors)) == (422, ["address.country", "founded", "kind", "layers"])
    status, german = problem_of(send(client, actor, {"founded": 3000}, key, **{"Accept-Language": "de"}))
    assert "Jahr" in german["founded"][0]
    assert client.get(f"{ACTORS}muster/").json()["founded"] is None


def test_publication_moves_by_the_one_table_and_what_is_public_is_complete(client, ours, key):
    draft = make_actor("Entwurf", state="draft", clusters=[ours])
    status, errors = problem_of(send(client, draft, {"publication": "published"}, key, version="*"))
    assert (status, sorted(errors)) == (422, ["layers", "summary.de"])
    status, errors = problem_of(send(client, draft, {"publication": "rejected"}, key, version="*"))
    assert errors == {"publication": ["There is no way from “draft” to “rejected”."]}
    patch = {"publication": "published", "layers": ["basic-research"], "summary": {"de": "Forscht."}}
    published = send(client, draft, patch, key, version="*")
    assert published.status_code == 200, published.content
    status, errors = problem_of(send(client, draft, {"layers": []}, key))
    assert (status, [*errors]) == (422, ["layers"])


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
    with django_assert_max_num_queries(75):
        assert (
            send(client, actor, whole | {"founded": 1990}, key, version=version, method="put").status_code
            == 200
        )


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        ("{", PATCH, 400),
        ("[1]", PATCH, 400),
        ('{"name": "a", "name": "b"}', PATCH, 400),
        ("[" * 5000 + "]" * 5000, PATCH, 400),
        ('{"name": "a\\u0000b"}', PATCH, 400),
        ('{"description": "' + "x" * 2_000_000 + '"}', PATCH, 413),
        ("name=x", "application/x-www-form-urlencoded", 415),
        ('{"uid": "00000000-0000-4000-8000-000000000000"}', PATCH, 422),
        ('{"latitude": 1e400}', PATCH, 400),
        ('{"contacts": [{"name": ["x"]}], "services": [{"title": {"de": {}}}]}', PATCH, 422),
    ],
)
def test_bodies_that_are_no_records(client, actor, key, body, kind, status):
    answer = client.patch(f"{ACTORS}{actor.uid}/", body, content_type=kind, headers={"If-Match": "*"}, **key)
    assert problem_of(answer)[0] == status, answer.content[:500]
