"""Many actors by key: each answer stands in the order of the question and says what became of the key."""

import json
import uuid

import pytest

from actors.models import Actor, ContactPerson, FormerUid, Identifier
from tests.factories import make_actor

pytestmark = pytest.mark.django_db
API = "/api/v1/lookup/"
ROR = "019hjw009"


def ask(client, body, *, query="", content_type="application/json"):
    text = body if isinstance(body, str | bytes) else json.dumps(body)
    return client.post(f"{API}{query}", text, content_type=content_type, headers={"Accept-Language": "en"})


def test_every_key_is_told_of(client, chain, django_assert_max_num_queries):
    one = make_actor("Institut", slug="one", layers=[2])
    Identifier.objects.create(actor=one, scheme="ror", value=ROR)
    merged = uuid.uuid4()
    FormerUid.objects.create(uid=merged, actor=one)
    withdrawn = make_actor("Fort", slug="gone")
    Identifier.objects.create(actor=withdrawn, scheme="wikidata", value="Q64")
    Actor.objects.filter(pk=withdrawn.pk).update(state="archived")
    deleted = make_actor("Gelöscht", slug="deleted")
    lost = str(deleted.uid)
    deleted.delete()
    draft = make_actor("Entwurf", slug="draft", state="draft", published_at=None)
    question = {
        "uid": [str(one.uid), str(merged), str(withdrawn.uid), lost, str(draft.uid), str(uuid.UUID(int=7))],
        "identifier": [f"ror:https://ror.org/{ROR}", "wikidata:Q64", "ror:000000000", "vat:DE123"],
    }
    with django_assert_max_num_queries(8):
        answer = ask(client, question, query="?fields=slug,topics")
    record = {"slug": "one", "topics": []}
    assert answer.json() == {
        "results": [
            {"key": question["uid"][0], "state": "found", "record": record},
            {"key": str(merged), "state": "merged", "record": record},
            {"key": question["uid"][2], "state": "withdrawn", "record": None},
            {"key": lost, "state": "withdrawn", "record": None},
            {"key": question["uid"][4], "state": "not_found", "record": None},
            {"key": question["uid"][5], "state": "not_found", "record": None},
            {"key": question["identifier"][0], "state": "found", "record": record},
            {"key": "wikidata:Q64", "state": "withdrawn", "record": None},
            {"key": "ror:000000000", "state": "not_found", "record": None},
            {"key": "vat:DE123", "state": "not_found", "record": None},
        ]
    }
    assert (answer.headers["Cache-Control"], "ETag" in answer.headers) == ("no-store", False)


def test_a_record_is_that_of_the_detail_but_for_people(client, chain):
    one = make_actor("Institut", slug="one", layers=[2])
    ContactPerson.objects.create(actor=one, name="Ada", consent_on="2026-01-01")
    detail = client.get("/api/v1/actors/one/?lang=en").json()
    assert detail.pop("contacts")
    assert ask(client, {"uid": [str(one.uid)]}).json()["results"][0]["record"] == detail


BOMB = "[" * 5000 + "]" * 5000
BODIES = {
    "no JSON": ("{", 400, "body"),
    "not UTF-8": (b'{"uid": ["\xff"]}', 400, "body"),
    "a depth bomb": (BOMB, 400, "body"),
    "a small depth bomb": ('{"uid": ' + "[" * 40 + "]" * 40 + "}", 400, "body"),
    "a name twice": ('{"uid": [], "uid": []}', 400, "body"),
    "a null character": ('{"uid": ["\\u0000"]}', 400, "body"),
    "half a character": ('{"uid": ["\\ud800"]}', 400, "body"),
    "no number": ('{"uid": [NaN]}', 400, "body"),
    "a huge number": ('{"uid": [1e999]}', 400, "body"),
    "a list": ([], 400, "body"),
    "an unknown member": ({"slug": ["one"]}, 400, "slug"),
    "no list": ({"uid": "one"}, 400, "uid"),
    "no texts": ({"uid": [1]}, 400, "uid"),
    "no ids": ({"uid": ["one"]}, 400, "uid"),
    "an unknown scheme": ({"identifier": ["isbn:1"]}, 400, "identifier"),
    "nothing": ({}, 400, "body"),
    "too many": ({"uid": [str(uuid.UUID(int=7))] * 501}, 400, "body"),
    "too large": ("x" * 131_073, 413, None),
}


@pytest.mark.parametrize(("body", "status", "named"), BODIES.values(), ids=BODIES)
def test_what_is_no_question_is_a_problem(client, body, status, named):
    answer = ask(client, body)
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")
    assert list(answer.json().get("errors", {None: 0})) == [named]


def test_other_bodies_methods_and_parameters_are_refused(client):
    assert ask(client, "uid=1", content_type="application/x-www-form-urlencoded").status_code == 415
    assert ask(client, "{}", content_type="text/plain").status_code == 415
    packed = client.post(API, "{}", content_type="application/json", headers={"Content-Encoding": "gzip"})
    assert packed.status_code == 415
    assert list(ask(client, {}, query="?page=1").json()["errors"]) == ["page"]
    assert ask(client, {"uid": []}, query="?fields=contacts").status_code == 401
    read = client.get(API)
    assert (read.status_code, read.headers["Allow"]) == (405, "POST, OPTIONS")
    preflight = client.options(
        API, headers={"Origin": "https://a.example", "Access-Control-Request-Method": "POST"}
    )
    assert "POST" in preflight.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in preflight.headers["Access-Control-Allow-Headers"]
