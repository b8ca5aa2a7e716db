"""Many records in one call: each has its result, all that can be done is one act, and a call is done once."""

import json

import pytest
from django.utils import timezone
from pghistory.models import Context

from actors.models import Actor, Identifier
from clusterportal.history.undo import take_back
from clusterportal.partners.domain import idempotency
from clusterportal.partners.domain.keys import write_scope
from clusterportal.partners.models import KeptAnswer
from tests.factories import make_actor, make_cluster, make_key, make_person

pytestmark = pytest.mark.django_db
BULK = "/api/v1/actors/bulk/"


def send(client, records, sent, *, token="first", **members):
    data = json.dumps({"records": records, **members})
    headers = {"Accept-Language": "en"} | ({"Idempotency-Key": token} if token else {})
    return client.post(BULK, data, content_type="application/json", headers=headers, **sent)


def told(answer) -> list[tuple]:
    results = answer.json()["results"]
    assert [one["row"] for one in results] == [*range(1, len(results) + 1)]
    return [(one["status"], [*one.get("errors", ())]) for one in results]


def test_each_record_has_its_result(client, ours, key):
    first = make_actor("Muster GmbH", slug="muster", clusters=[ours], website="https://muster.example")
    Identifier.objects.create(actor=first, scheme="ror", value="019hjw009")
    second = make_actor("Zweite", clusters=[ours])
    third = make_actor("Dritte", clusters=[ours])
    foreign = make_actor("Fremde", slug="foreign")
    hidden = make_actor("Verborgen", slug="hidden", state="draft")
    manager = make_person("manager", clusters=[ours])
    likely = make_actor("Rheinwerk GmbH", website="https://rheinwerk.example")
    version = client.get("/api/v1/actors/zweite/").json()["version"]
    answer = send(
        client,
        [
            {"identifiers": [{"scheme": "ror", "value": "https://ror.org/019hjw009"}], "founded": 1990},
            {"uid": str(second.uid), "version": version, "name": "Zweite"},
            {"uid": str(third.uid), "version": version, "founded": 1991},
            {"name": "Neue Robotik GmbH", "kind": "company"},
            {"name": "Ohne Art"},
            {"uid": str(foreign.uid), "founded": 1990},
            {"uid": str(hidden.uid), "founded": 1990},
            {"uid": "00000000-0000-4000-8000-000000000000", "founded": 1990},
            {"slug": "hidden", "name": "X", "kind": "company"},
            {"slug": "foreign", "name": "X", "kind": "company"},
            {"nam": "X"},
            "text",
            {"name": "Rheinwerk GmbH", "kind": "company", "website": "https://www.rheinwerk.example"},
            {"slug": "zweite", "founded": 1},
        ],
        key,
    )
    assert answer.status_code == 200, answer.content
    assert told(answer) == [
        ("changed", []),
        ("unchanged", []),
        ("conflict", ["version"]),
        ("created", []),
        ("invalid", ["kind"]),
        ("forbidden", ["uid"]),
        ("not_found", ["uid"]),
        ("not_found", ["uid"]),
        ("conflict", ["slug"]),
        ("conflict", ["slug"]),
        ("invalid", ["nam"]),
        ("invalid", ["body"]),
        ("possible", []),
        ("invalid", ["founded"]),
    ]
    results = answer.json()["results"]
    assert results[6] | {"row": 0} == results[7] | {"row": 0}
    assert [one["uid"] for one in results[12]["candidates"]] == [str(likely.uid)]
    new = Actor.objects.get(slug="neue-robotik-gmbh")
    assert (results[3]["uid"], new.state) == (str(new.uid), "draft")
    assert [one.cluster for one in new.memberships.all()] == [ours]
    assert results[0]["version"] == client.get("/api/v1/actors/muster/").json()["version"]
    act = Context.objects.get(metadata__act="api")
    take_back(act.pk, by=manager)
    first.refresh_from_db()
    assert first.founded is None and not Actor.objects.filter(pk=new.pk).exists()


def test_all_or_nothing(client, ours, key):
    records = [{"name": "Neue GmbH", "kind": "company"}, {"name": "Ohne Art"}]
    answer = send(client, records, key, atomic=True)
    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert told(answer) == [("not_written", []), ("invalid", ["kind"])]
    assert not Actor.objects.exists()
    assert told(send(client, records[:1], key, atomic=True)) == [("created", [])]  # a refusal is not kept


def test_a_record_that_may_be_there_already_is_made_when_that_is_said(client, ours, key):
    make_actor("Muster GmbH", slug="muster", clusters=[ours], website="https://muster.example")
    record = {"name": "Muster GmbH", "kind": "company", "website": "https://muster.example"}
    assert told(send(client, [record], key, possible="new")) == [("created", [])]


def test_candidates_are_only_those_that_the_key_may_know(client, ours, key):
    make_actor("Muster GmbH", state="draft", website="https://muster.example", city="")
    record = {"name": "Muster GmbH", "kind": "company", "website": "https://muster.example"}
    assert told(send(client, [record], key)) == [("created", [])]


def test_who_writes_for_several_clusters_says_for_which(client, ours):
    other = make_cluster("other")
    _key, sent = make_key(write_scope(ours), write_scope(other))
    record = {"name": "Neue GmbH", "kind": "company"}
    assert told(send(client, [record], sent)) == [("invalid", ["memberships"])]
    assert told(send(client, [record], sent, cluster="other", token="b")) == [("created", [])]
    assert Actor.objects.get().memberships.get().cluster == other
    theirs = make_cluster("theirs")
    answer = send(client, [record], sent, cluster=theirs.slug, token="c")
    assert (answer.status_code, [*answer.json()["errors"]]) == (422, ["cluster"])


# ---------- each call once ----------
def test_a_call_that_is_sent_again_is_answered_as_before(client, ours, key):
    records = [{"name": "Neue GmbH", "kind": "company"}]
    first = send(client, records, key)
    again = send(client, records, key)
    assert (first.status_code, first.content) == (again.status_code, again.content)
    assert ("Idempotent-Replayed" in first.headers, again.headers["Idempotent-Replayed"]) == (False, "true")
    assert "Idempotent-Replayed" in again.headers["Access-Control-Expose-Headers"]
    assert Actor.objects.count() == 1
    other = send(client, [{"name": "Andere GmbH", "kind": "company"}], key)
    assert (other.status_code, other.json()["type"]) == (422, "/api/v1/docs/#problem-not-acceptable-content")
    _key, somebody = make_key(write_scope(ours))
    assert "Idempotent-Replayed" not in send(client, records, somebody).headers  # a name of their own

    KeptAnswer.objects.update(created_at=timezone.now() - idempotency.KEPT_FOR)
    assert told(send(client, records, key)) == [("possible", [])]  # a day later it is a call of its own
    KeptAnswer.objects.update(created_at=timezone.now() - idempotency.KEPT_FOR)
    idempotency.forget_answers()
    assert not KeptAnswer.objects.exists()


@pytest.mark.parametrize("token", [None, "ä", '"', "x" * 300])
def test_a_call_without_a_good_name_is_refused(client, key, token):
    answer = send(client, [{"name": "Neue GmbH", "kind": "company"}], key, token=token)
    assert (answer.status_code, [*answer.json()["errors"]]) == (400, ["Idempotency-Key"])
    assert not Actor.objects.exists()


@pytest.mark.parametrize(
    ("members", "named"),
    [
        ({"records": []}, ["records"]),
        ({"records": [{}] * 501}, ["records"]),
        ({"records": {}}, ["records"]),
        ({"records": [{}], "atomic": 1}, ["atomic"]),
        ({"records": [{}], "possible": "perhaps"}, ["possible"]),
        ({"records": [{}], "cluster": ["ours"]}, ["cluster"]),
        ({}, ["records"]),
        ({"records": [{}], "dry": True}, ["dry"]),
    ],
)
def test_calls_of_another_shape(client, key, members, named):
    answer = client.post(
        BULK, json.dumps(members), content_type="application/json", headers={"Idempotency-Key": "x"}, **key
    )
    assert answer.status_code in (400, 422)
    assert [*answer.json()["errors"]] == named


def test_more_records_cost_no_more_questions(client, ours, key, django_assert_max_num_queries):
    for count, token in ((2, "few"), (12, "more")):
        records = [
            {"name": f"Neue {token} {n} GmbH", "kind": "company", "layers": ["basic-research"]}
            for n in range(count)
        ]
        with django_assert_max_num_queries(66):
            assert {status for status, _errors in told(send(client, records, key, token=token))} <= {
                "created",
                "possible",
            }
