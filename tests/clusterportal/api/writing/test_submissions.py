"""Proposals of partners wait in the review queue and become the registry's when people accept them."""

import json

import pytest

from actors.models import Actor, ContactPerson
from clusterportal.review.domain.differences import changes_of
from clusterportal.review.domain.review import accept, reject
from clusterportal.review.models import Proposal
from tests.factories import make_actor, make_chain, make_cluster, make_key, make_partner, make_person

pytestmark = pytest.mark.django_db
SUBMISSIONS = "/api/v1/submissions/"


@pytest.fixture
def partner(db):
    make_chain()
    return make_partner("Kammer Nord", contact_email="api@kammer.example")


@pytest.fixture
def key(partner):
    _key, sent = make_key("propose", partner=partner)
    return sent


def send(client, members, sent, token="first"):
    headers = {"Accept-Language": "en", "Idempotency-Key": f'"{token}"'}
    return client.post(
        SUBMISSIONS, json.dumps(members), content_type="application/json", headers=headers, **sent
    )


def test_a_new_entry_waits_is_accepted_and_told_of(client, partner, key):
    ours = make_cluster("ours")
    record = {
        "name": "Neue Robotik GmbH",
        "kind": "company",
        "summary": {"de": "Baut Roboter."},
        "address": {"postcode": "67663", "city": "Kaiserslautern"},
        "layers": ["application-market"],
        "services": [{"title": {"de": "Wartung"}}],
    }
    answer = send(client, {"record": record, "cluster": "ours", "message": "Neu im TZL."}, key)
    assert answer.status_code == 201, answer.content
    proposal = Proposal.objects.get()
    assert answer.headers["Location"] == f"http://testserver{SUBMISSIONS}{proposal.uid}/"
    waiting = answer.json()
    assert waiting == {
        "uid": str(proposal.uid),
        "kind": "new",
        "state": "waiting",
        "actor": None,
        "cluster": {"slug": "ours"},
        "message": "Neu im TZL.",
        "submitted_at": waiting["submitted_at"],
        "decided_at": None,
        "reason": None,
    }
    assert (proposal.name, proposal.email, proposal.user) == (
        "Kammer Nord",
        "api@kammer.example",
        partner.account,
    )
    assert (
        send(client, {"record": record, "cluster": "ours", "message": "Neu im TZL."}, key).json() == waiting
    )
    assert not Actor.objects.exists()
    made = accept(proposal=proposal, by=make_person("manager", clusters=[ours]))
    read = client.get(answer.headers["Location"], **key)
    assert (read.json()["state"], read.json()["actor"]) == (
        "accepted",
        {"uid": str(made.uid), "slug": "neue-robotik-gmbh"},
    )
    assert [service.title_de for service in made.services.all()] == ["Wartung"]
    _key, somebody = make_key("propose")
    assert client.get(answer.headers["Location"], **somebody).status_code == 404


def test_a_change_names_what_differs_and_is_taken_field_by_field(client, key):
    actor = make_actor("Muster GmbH", slug="muster", layers=[2], summary_de="Baut Maschinen.")
    ContactPerson.objects.create(actor=actor, name="Eva", consent_on="2026-01-05")
    ContactPerson.objects.create(actor=actor, name="Verborgen")
    record = {
        "name": "Muster GmbH",
        "address": {"city": "Halle"},
        "layers": ["applied-research", "basic-research"],
        "contacts": [],
    }
    answer = send(client, {"actor": str(actor.uid), "record": record}, key)
    assert answer.status_code == 201, answer.content
    proposal = Proposal.objects.get()
    changes = changes_of(proposal)
    assert [(one.column, one.before, one.after) for one in changes] == [
        ("city", "Leipzig", "Halle"),
        ("layers", "", "Basic research – Topic"),
        ("contacts", changes[2].before, ""),
    ]
    accept(proposal=proposal, by=make_person("administrator"), columns=["city"])
    actor.refresh_from_db()
    assert (actor.city, actor.placements.count(), actor.contacts.count()) == ("Halle", 1, 2)
    assert client.get(f"{SUBMISSIONS}{proposal.uid}/", **key).json()["state"] == "partly_accepted"


def test_a_refusal_says_why(client, key):
    actor = make_actor("Muster GmbH")
    answer = send(client, {"actor": actor.slug, "record": {"founded": 1990}}, key)
    reject(proposal=Proposal.objects.get(), reason="Gegründet 1991.", by=make_person("administrator"))
    read = client.get(answer.headers["Location"], **key).json()
    assert (read["state"], read["reason"], read["decided_at"] is None) == (
        "rejected",
        "Gegründet 1991.",
        False,
    )


@pytest.mark.parametrize(
    ("members", "status", "named"),
    [
        ({"record": {"nam": "X"}}, 400, ["nam"]),
        ({"record": {"publication": "published"}}, 400, ["publication"]),
        ({"record": {"name": "X"}}, 422, ["kind"]),
        ({"record": {"name": "X", "kind": "company", "layers": ["nowhere"]}}, 422, ["layers"]),
        (
            {"record": {"name": "X", "kind": "company", "contacts": [{"name": "Eva"}]}},
            422,
            ["contacts.0.consent_on"],
        ),
        ({"actor": "muster", "record": {"name": "Muster GmbH"}}, 422, ["record"]),
        ({"actor": "nobody", "record": {"name": "X"}}, 404, None),
        ({"actor": "hidden", "record": {"name": "X"}}, 404, None),
        ({"record": {"name": "X", "kind": "company"}, "cluster": "hidden"}, 404, None),
        ({"record": {}, "message": 1}, 422, ["message"]),
        ({"record": {}, "message": "x" * 2001}, 422, ["message"]),
        ({}, 400, ["record"]),
    ],
)
def test_what_cannot_be_proposed(client, key, members, status, named):
    make_actor("Muster GmbH", slug="muster")
    make_actor("Verborgen", slug="hidden", state="draft")
    make_cluster("hidden", state="draft")
    answer = send(client, members, key)
    assert answer.status_code == status, answer.content
    assert [*answer.json().get("errors", ())] == (named or [])
    assert not Proposal.objects.exists()


def test_only_with_the_scope(client, partner):
    _key, reader = make_key(partner=partner)
    assert send(client, {"record": {}}, reader).status_code == 403
    assert send(client, {"record": {}}, {}).status_code == 401
    assert client.get(f"{SUBMISSIONS}x/", **reader).status_code == 403
