"""Clients of every release go on with the API of today; and each rule by which that is judged, broken once."""

import json
from copy import deepcopy
from pathlib import Path

import pytest

from clusterportal.api.schema import schema_in
from tests.releases.compatibility import breaking

STORED = sorted(Path(__file__).resolve().parent.glob("*.openapi.json"))


def document() -> dict:
    thing = {
        "type": "object",
        "required": ["name"],
        "properties": {
            "name": {"type": "string"},
            "kind": {"type": "string", "enum": ["small", "large"]},
            "colour": {"type": "string", "x-extensible-enum": ["red"]},
            "parts": {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}},
        },
    }
    shown = {"schema": {"$ref": "#/components/schemas/Thing"}}
    answer = {"headers": {"ETag": {}}, "content": {"application/json": shown}}
    parameters = [
        {"in": "query", "name": "size", "schema": {"type": "integer", "minimum": 1, "maximum": 200}},
        {"in": "query", "name": "kind", "schema": {"type": "string", "enum": ["small", "large"]}},
    ]
    written = {
        "type": "object",
        "required": ["name"],
        "properties": {"name": {"type": ["string", "null"]}, "age": {"type": "integer"}},
    }
    body = {"required": False, "content": {"application/json": {"schema": written}}}
    return {
        "paths": {
            "/things/": {
                "get": {
                    "operationId": "things",
                    "parameters": parameters,
                    "responses": {"200": answer, "400": {}},
                },
                "post": {"operationId": "add", "requestBody": body, "responses": {"201": {}}},
            }
        },
        "components": {"schemas": {"Thing": thing}},
    }


def get(after: dict) -> dict:
    return after["paths"]["/things/"]["get"]


def sent(after: dict) -> dict:
    return body(after)["content"]["application/json"]["schema"]


def body(after: dict) -> dict:
    return after["paths"]["/things/"]["post"]["requestBody"]


def thing(after: dict) -> dict:
    return after["components"]["schemas"]["Thing"]


def of(after: dict, name: str) -> dict:
    return thing(after)["properties"][name]


def size(after: dict) -> dict:
    return get(after)["parameters"][0]["schema"]


BREAKING = {
    "GET /things/ is gone": lambda one: one["paths"]["/things/"].pop("get"),
    "GET /things/ has another operationId": lambda one: get(one).update(operationId="all"),
    "GET /things/ needs another key": lambda one: get(one).update(security=[{"bearer": []}]),
    "GET /things/: parameter size is gone": lambda one: get(one)["parameters"].pop(0),
    "GET /things/: parameter size is required now": lambda one: get(one)["parameters"][0].update(
        required=True
    ),
    "GET /things/: parameter new is new and required": lambda one: get(one)["parameters"].append(
        {"in": "query", "name": "new", "required": True, "schema": {}}
    ),
    "GET /things/?size: maximum is narrower": lambda one: size(one).update(maximum=100),
    "GET /things/?size: minimum is narrower": lambda one: size(one).update(minimum=2),
    "GET /things/?size: another pattern": lambda one: size(one).update(pattern="^1"),
    "GET /things/?size: another default": lambda one: size(one).update(default=10),
    "GET /things/?size: integer is refused now": lambda one: size(one).update(type="string"),
    "GET /things/?kind: large is refused now": lambda one: get(one)["parameters"][1]["schema"]["enum"].remove(
        "large"
    ),
    "GET /things/ no longer answers 400": lambda one: get(one)["responses"].pop("400"),
    "GET /things/ also answers 202 now": lambda one: get(one)["responses"].update({"202": {}}),
    "GET /things/ 200: header ETag is gone": lambda one: get(one)["responses"]["200"].pop("headers"),
    "GET /things/ 200: application/json is gone": lambda one: get(one)["responses"]["200"].pop("content"),
    "GET /things/ 200.kind is gone": lambda one: thing(one)["properties"].pop("kind"),
    "GET /things/ 200.name may be missing now": lambda one: thing(one).update(required=[]),
    "GET /things/ 200.name: may be null now": lambda one: of(one, "name").update(type=["string", "null"]),
    "GET /things/ 200.kind: may be huge now": lambda one: of(one, "kind")["enum"].append("huge"),
    "GET /things/ 200.colour: is never red again": lambda one: of(one, "colour").update(
        {"x-extensible-enum": ["blue"]}
    ),
    "POST /things/: a body is required now": lambda one: body(one).update(required=True),
    "POST /things/ body.age is required now": lambda one: sent(one)["required"].append("age"),
    "POST /things/ body.age is gone": lambda one: sent(one)["properties"].pop("age"),
    "POST /things/ body.name: null is refused now": lambda one: sent(one)["properties"]["name"].update(
        type="string"
    ),
}
HARMLESS = {
    "an operation": lambda one: one["paths"].update({"/more/": {"get": {"responses": {}}}}),
    "a parameter": lambda one: get(one)["parameters"].append({"in": "query", "name": "new", "schema": {}}),
    "a wider bound": lambda one: size(one).update(maximum=500),
    "a value that may be sent": lambda one: get(one)["parameters"][1]["schema"]["enum"].append("huge"),
    "a field": lambda one: thing(one)["properties"].update(weight={"type": "number"}),
    "a field that always comes": lambda one: thing(one)["required"].append("kind"),
    "a value of an open list": lambda one: of(one, "colour")["x-extensible-enum"].append("blue"),
    "a field that may be sent": lambda one: sent(one)["properties"].update(colour={"type": "string"}),
    "a problem": lambda one: get(one)["responses"].update({"429": {}}),
}


@pytest.mark.parametrize("sentence", BREAKING)
def test_what_breaks_a_client_is_said(sentence):
    after = document()
    BREAKING[sentence](after)
    assert breaking(document(), after) == [sentence]


@pytest.mark.parametrize("change", HARMLESS)
def test_what_breaks_nobody_is_allowed(change):
    after = document()
    HARMLESS[change](after)
    assert after != document()
    assert breaking(document(), after) == []


@pytest.mark.parametrize("file", STORED, ids=lambda one: one.name)
def test_clients_of_a_release_go_on(file):
    today = json.loads(json.dumps(schema_in("en"), default=str))
    assert breaking(json.loads(file.read_text(encoding="utf-8")), deepcopy(today)) == []
