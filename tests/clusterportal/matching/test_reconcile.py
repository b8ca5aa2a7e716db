"""The Reconciliation Service API 0.2, asked as OpenRefine asks it."""

import json
from urllib.parse import urlencode

import pytest
from jsonschema import Draft202012Validator

from actors.models import Identifier
from clusterportal.matching.domain.matching import BATCH
from tests.clusterportal.matching import shapes
from tests.factories import make_actor, make_chain

pytestmark = pytest.mark.django_db
SERVICE = "/api/v1/reconcile/"


def said(answer, shape: dict | None = None):
    """The JSON of an answer that is in order."""
    assert answer.status_code == 200, answer.content
    assert answer["Access-Control-Allow-Origin"] == "*"
    body = answer.json()
    if shape:
        Draft202012Validator(shape).validate(body)
    return body


def post(client, **form):
    return sent(client, {name: json.dumps(value) for name, value in form.items()})


def sent(client, form: dict):
    return client.post(SERVICE, urlencode(form, doseq=True), content_type="application/x-www-form-urlencoded")


@pytest.fixture
def itwm():
    make_chain()
    actor = make_actor(
        "Fraunhofer-Institut für Techno- und Wirtschaftsmathematik ITWM",
        short_name="Fraunhofer ITWM",
        slug="fraunhofer-itwm",
        city="Kaiserslautern",
        postcode="67663",
        latitude=49.43,
        longitude=7.75,
        founded=1995,
        website="https://www.itwm.fraunhofer.de",
        layers=[1, 2],
    )
    Identifier.objects.create(actor=actor, scheme="ror", value="019hjw009")
    return actor


def test_openrefine_goes_through_all_its_steps(client, itwm):
    wizard = make_actor("Wizard Robotik GmbH", kind="company", city="Leipzig")
    manifest = said(client.get(SERVICE, headers={"origin": "http://127.0.0.1:3333"}), shapes.MANIFEST)
    assert (manifest["versions"], manifest["batchSize"]) == (["0.2"], BATCH)
    assert {"id": "company", "name": "Unternehmen"} in manifest["defaultTypes"]
    assert manifest["view"]["url"] == "http://testserver/id/{{id}}"

    # The types are guessed from the first ten rows.
    names = ["Fraunhofer ITWM", "Wizard Robotik", *(f"Niemand {number}" for number in range(8))]
    guess = post(client, queries={f"q{at}": {"query": name, "limit": 3} for at, name in enumerate(names)})
    found = said(guess, shapes.RESULTS)
    assert [len(found[f"q{at}"]["result"]) for at in range(10)] == [1, 1, *[0] * 8]

    queries = {
        "q0": {
            "query": "Fraunhofer Institut fuer Techno- u. Wirtschaftsmathematik ITWM e.V.",
            "type": "research_institute",
            "type_strict": "should",
            "properties": [{"pid": "city", "v": "Kaiserslautern"}],
        },
        "q1": {"query": "Wizzard Robotik AG", "type": [], "limit": 5},
    }
    found = said(post(client, queries=queries), shapes.RESULTS)
    assert found == said(client.get(SERVICE, {"queries": json.dumps(queries)}), shapes.RESULTS)
    assert found["q0"]["result"] == [
        {
            "id": str(itwm.uid),
            "name": "Fraunhofer-Institut für Techno- und Wirtschaftsmathematik ITWM",
            "description": "Forschungseinrichtung, Kaiserslautern, DE",
            "type": [{"id": "research_institute", "name": "Forschungseinrichtung"}],
            "score": 94.6,
            "match": True,
            "features": [
                {"id": "name", "value": 92.3},
                {"id": "place", "value": True},
                {"id": "type", "value": True},
            ],
        }
    ]
    assert [(one["id"], one["match"]) for one in found["q1"]["result"]] == [(str(wizard.uid), True)]

    # Somebody looks at a candidate and corrects one by hand.
    entity = manifest["suggest"]["entity"]
    address = entity["service_url"].removeprefix("http://testserver") + entity["service_path"]
    assert said(client.get(address, {"prefix": "fraunho"}), shapes.SUGGESTIONS)["result"] == [
        {
            "id": str(itwm.uid),
            "name": itwm.name,
            "description": "Forschungseinrichtung, Kaiserslautern, DE",
            "notable": [{"id": "research_institute", "name": "Forschungseinrichtung"}],
        }
    ]
    assert said(client.get(address, {"prefix": "fraunho", "type": "company"}))["result"] == []
    assert said(client.get(f"{SERVICE}suggest/type/", {"prefix": "unter"}), shapes.SUGGESTIONS)["result"] == [
        {"id": "company", "name": "Unternehmen"}
    ]
    found = said(
        client.get(f"{SERVICE}suggest/property/", {"prefix": "po", "lang": "en"}), shapes.SUGGESTIONS
    )
    assert found["result"] == [{"id": "postcode", "name": "Postcode"}]
    flyout = said(client.get(f"{SERVICE}flyout/", {"id": itwm.uid}))
    assert flyout["id"] == str(itwm.uid) and "/de/akteure/fraunhofer-itwm/" in flyout["html"]

    # The table is extended.
    proposed = said(
        client.get(f"{SERVICE}properties/", {"type": "research_institute", "limit": 50}), shapes.PROPOSED
    )
    assert {"city", "ror", "layers", "website"} <= {one["id"] for one in proposed["properties"]}
    ids = [str(itwm.uid), "00000000-0000-4000-8000-000000000000"]
    wanted = [{"id": name} for name in ("city", "ror", "founded", "latitude", "layers", "clusters")]
    extended = said(post(client, extend={"ids": ids, "properties": wanted}), shapes.EXTENDED)
    assert extended == {
        "meta": [
            {"id": "city", "name": "Ort"},
            {"id": "ror", "name": "ROR"},
            {"id": "founded", "name": "Gegründet"},
            {"id": "latitude", "name": "Breitengrad"},
            {"id": "layers", "name": "Ebenen"},
            {"id": "clusters", "name": "Cluster"},
        ],
        "rows": {
            ids[0]: {
                "city": [{"str": "Kaiserslautern"}],
                "ror": [{"str": "019hjw009"}],
                "founded": [{"int": 1995}],
                "latitude": [{"float": 49.43}],
                "layers": [{"str": "Grundlagenforschung"}, {"str": "Angewandte Forschung und Transfer"}],
                "clusters": [],
            },
            ids[1]: {name: [] for name in ("city", "ror", "founded", "latitude", "layers", "clusters")},
        },
    }


def test_a_preview_may_stand_in_any_frame_and_everything_else_in_none(client, itwm):
    preview = client.get(
        f"{SERVICE}preview/", {"id": itwm.uid, "lang": "en"}, headers={"accept": "text/html"}
    )
    assert preview.status_code == 200 and preview["Content-Type"] == "text/html; charset=utf-8"
    assert "frame-ancestors *" in preview["Content-Security-Policy"] and "X-Frame-Options" not in preview
    page = preview.content.decode()
    assert '<html lang="en">' in page and "Research institute, 67663 Kaiserslautern" in page
    assert "<script" not in page and "style=" not in page
    assert "frame-ancestors 'none'" in client.get(SERVICE)["Content-Security-Policy"]


def test_a_draft_is_nobody(client, itwm):
    itwm.state = "draft"
    itwm.save()
    assert said(post(client, queries={"q0": {"query": itwm.name}}))["q0"]["result"] == []
    by_number = {"properties": [{"pid": "ror", "v": "https://ror.org/019hjw009"}]}
    assert said(post(client, queries={"q0": by_number}))["q0"]["result"] == []
    assert client.get(f"{SERVICE}preview/", {"id": itwm.uid}).status_code == 404
    extended = said(post(client, extend={"ids": [str(itwm.uid)], "properties": [{"id": "city"}]}))
    assert extended["rows"] == {str(itwm.uid): {"city": []}}
    assert said(client.get(f"{SERVICE}suggest/entity/", {"prefix": "Fraunhofer"}))["result"] == []


QUERY = {"query": "Fraunhofer"}


@pytest.mark.parametrize(
    ("form", "status", "complaint"),
    [
        ({"queries": "[" * 5000}, 400, "JSON"),
        ({"queries": "[]"}, 400, "JSON"),
        ({"queries": '{"q0": {"query": "\\u0000"}}'}, 400, "Null"),
        ({"queries": '{"q0": {"query": "a"}, "q0": {"query": "b"}}'}, 400, "body"),
        ({"queries": "x" * 1_100_000}, 413, "1048576"),
        ({"queries": json.dumps({"q0": {}})}, 400, "`properties`"),
        ({"queries": json.dumps({"q0": {"query": "x" * 10_000}})}, 400, "1000"),
        ({"queries": json.dumps({"q0": {**QUERY, "type": "planet"}})}, 400, "planet"),
        ({"queries": json.dumps({"q0": {**QUERY, "type_strict": "very"}})}, 400, "very"),
        ({"queries": json.dumps({"q0": {**QUERY, "limit": -1}})}, 400, "limit"),
        ({"queries": json.dumps({"q0": {**QUERY, "limit": True}})}, 400, "limit"),
        ({"queries": json.dumps({"q0": {**QUERY, "properties": [{"pid": "moon", "v": "x"}]}})}, 400, "moon"),
        ({"queries": json.dumps({"q0": {**QUERY, "properties": [{"pid": "city"}]}})}, 400, "pid"),
        ({"queries": json.dumps({"q0": {**QUERY, "more": 1}})}, 400, "more"),
        ({"queries": json.dumps({f"q{at}": QUERY for at in range(BATCH + 1)})}, 413, "50"),
        ({"queries": ["{}", "{}"]}, 400, "einmal"),
        ({"queries": "{}", "extend": "{}"}, 400, "extend"),
        ({"quarries": "{}"}, 400, "quarries"),
        ({"extend": "{}"}, 400, "ids"),
        ({"extend": json.dumps({"ids": [], "properties": [{"id": "moon"}]})}, 400, "moon"),
        ({"extend": json.dumps({"ids": ["x"] * 201, "properties": []})}, 413, "200"),
    ],
)
def test_what_cannot_be_answered_is_a_problem_document(client, form, status, complaint):
    answer = sent(client, form)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert complaint in json.dumps(answer.json(), ensure_ascii=False)


def test_other_shapes_of_values_are_read(client, itwm):
    properties = [
        {"pid": "ror", "v": {"id": "https://ror.org/019hjw009"}},
        {"pid": "postcode", "v": 67663},
        {"pid": "city", "v": ["Kaiserslautern", "Trier"]},
    ]
    (found,) = said(post(client, queries={"": {"query": "ITWM", "properties": properties}}))[""]["result"]
    assert (found["id"], found["match"], found["score"]) == (str(itwm.uid), True, 100)
    assert said(post(client, queries={})) == {}


def test_a_batch_costs_the_same_number_of_queries_whatever_its_length(
    client, itwm, django_assert_num_queries
):
    one = {"q0": {"query": itwm.name}}
    many = {f"q{at}": {"query": f"{itwm.name} {'abc'[at % 3]}"} for at in range(BATCH)}
    for batch in (one, many):
        with django_assert_num_queries(6):
            said(post(client, queries=batch))
