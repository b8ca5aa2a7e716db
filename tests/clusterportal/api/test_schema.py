"""The schema is complete and says what the endpoints do."""

import json

import pytest
import yaml
from django.core.management import call_command
from django.urls import reverse

from clusterportal.api.root import ENDPOINTS
from clusterportal.api.urls import urlpatterns

API = "/api/v1/"


def test_the_schema_is_valid_and_without_warnings(tmp_path):
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "schema.yaml"))


@pytest.fixture
def schema(client, db) -> dict:
    answer = client.get(f"{API}schema/", {"format": "json", "lang": "en"})
    return json.loads(answer.content)


def test_json_and_yaml_are_the_same(client, schema):
    answer = client.get(f"{API}schema/", {"format": "yaml", "lang": "en"})
    assert yaml.safe_load(answer.content) == schema
    assert schema["openapi"] == "3.1.0"


def test_every_endpoint_is_described(schema):
    described = {path.replace("{slug}", "dfki") for path in schema["paths"]}
    technical = {"schema", "docs", "missing"}
    names = [pattern.name for pattern in urlpatterns if pattern.name not in technical]
    assert {path for path in described if "." not in path} == {
        reverse(f"api:{name}", args=["dfki"] if name.endswith("-detail") else []).removesuffix("/")
        for name in names
    }
    in_formats = {path for path in described if path.startswith(f"{API}actors") and "." in path}
    assert in_formats == {
        *(f"{API}actors.{one}" for one in ("csv", "xlsx", "geojson", "jsonld", "ttl", "ndjson")),
        f"{API}actors/dfki.jsonld",
        f"{API}actors/dfki.ttl",
    }
    # The parts of the matching service are named by its manifest.
    of_a_manifest = {name for name in names if name.startswith("reconcile-")}
    front = {name for name in names if not name.endswith("-detail")} - {"root"} - of_a_manifest
    assert front <= set(ENDPOINTS.values())


def test_every_operation_has_summary_parameters_and_common_answers(schema):
    for path, operations in schema["paths"].items():
        operation = operations.get("get")
        if operation is None or operation["tags"] == ["writing"]:
            continue
        assert operation["summary"], path
        assert all(one.get("description") for one in operation["parameters"] if one["name"] != "slug"), path
        assert {"200", "304", "400", "404", "406"} <= set(operation["responses"])
        own = ["X-Complete-Until"] if path.split(".")[0] == f"{API}actors" else []
        limits = ["RateLimit-Policy", "RateLimit"]
        assert list(operation["responses"]["200"]["headers"]) == ["ETag", "Content-Language", *limits, *own]
        assert {"Retry-After"} <= set(operation["responses"]["429"]["headers"])
        assert operation["security"] == [{"bearer": []}, {}]
        for status in ("400", "401", "404", "406", "429"):
            assert list(operation["responses"][status]["content"]) == ["application/problem+json"]


def test_every_operation_that_writes_says_what_it_needs_and_what_can_go_wrong(schema):
    found = {
        operation["operationId"]: operation
        for operations in schema["paths"].values()
        for operation in operations.values()
        if operation["tags"] == ["writing"]
    }
    always = {"400", "401", "403", "406"}
    writes = always | {"409", "413", "415", "422"}
    versioned = writes | {"200", "404", "412", "428"}
    assert {name: set(one["responses"]) - {"429"} for name, one in found.items()} == {
        "actors_change": versioned,
        "actors_replace": versioned,
        "actors_bulk": writes | {"200"},
        "submissions_create": writes | {"201", "404"},
        "submissions_read": always | {"200", "404"},
    }
    for name, one in found.items():
        assert one["summary"] and one["security"] == [{"bearer": []}], name
        assert all(given.get("description") for given in one["parameters"]), name
        is_read = name == "submissions_read"
        assert is_read or all("examples" in body for body in one["requestBody"]["content"].values()), name
    needed = {
        name: {p["name"] for p in one["parameters"] if p.get("required")} for name, one in found.items()
    }
    assert needed == {
        "actors_change": {"slug", "If-Match"},
        "actors_replace": {"slug", "If-Match"},
        "actors_bulk": {"Idempotency-Key"},
        "submissions_create": {"Idempotency-Key"},
        "submissions_read": {"slug"},
    }


def test_a_format_has_the_parameters_that_it_takes(schema):
    def given(path: str) -> set[str]:
        return {one["name"] for one in schema["paths"][path]["get"]["parameters"] if one["in"] == "query"}

    pages, of_json = {"page", "page_size", "cursor"}, {"facets", "facet_size", "group_by"}
    whole = given(f"{API}actors")
    assert pages | of_json | {"include"} <= whole
    for format, without in (
        ("csv", pages | of_json | {"include"}),
        ("geojson", pages | of_json | {"include"}),
        ("ndjson", pages | of_json),
        ("jsonld", of_json | {"include"}),
    ):
        assert whole - given(f"{API}actors.{format}") == without, format


def test_every_filter_has_codes_or_an_example(schema):
    for one in schema["paths"][f"{API}actors"]["get"]["parameters"]:
        described = one["schema"].get("items", one["schema"])
        said = {"enum", "examples", "default", "minimum"} & set(described)
        assert said or one["name"] in ("cursor", "Accept-Language", "If-None-Match"), one


def test_the_front_door_names_every_endpoint(client, db):
    doors = client.get(API).json()
    assert doors["actors"] == "http://testserver/api/v1/actors/"
    answers = {name: client.get(url, {"q": ""} if "suggest" in url else {}) for name, url in doors.items()}
    assert {name for name, one in answers.items() if one.status_code == 405} == {
        "actors_bulk",
        "lookup",
        "submissions",
    }
    assert {one.status_code for one in answers.values()} == {200, 405}
