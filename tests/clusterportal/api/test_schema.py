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
    assert described == {
        reverse(f"api:{name}", args=["dfki"] if name.endswith("-detail") else []) for name in names
    }
    assert {name for name in names if not name.endswith("-detail")} - {"root"} <= set(ENDPOINTS.values())


def test_every_operation_has_summary_parameters_and_common_answers(schema):
    for path, operations in schema["paths"].items():
        operation = operations.get("get")
        if operation is None:
            continue
        assert operation["summary"], path
        assert all(one.get("description") for one in operation["parameters"] if one["name"] != "slug"), path
        assert {"200", "304", "400", "404", "406"} <= set(operation["responses"])
        own = ["X-Complete-Until"] if path == f"{API}actors/" else []
        assert list(operation["responses"]["200"]["headers"]) == ["ETag", "Content-Language", *own]
        for status in ("400", "404", "406"):
            assert list(operation["responses"][status]["content"]) == ["application/problem+json"]


def test_every_filter_has_codes_or_an_example(schema):
    for one in schema["paths"][f"{API}actors/"]["get"]["parameters"]:
        described = one["schema"].get("items", one["schema"])
        said = {"enum", "examples", "default", "minimum"} & set(described)
        assert said or one["name"] in ("cursor", "Accept-Language", "If-None-Match"), one


def test_the_front_door_names_every_endpoint(client, db):
    doors = client.get(API).json()
    assert doors["actors"] == "http://testserver/api/v1/actors/"
    answers = {name: client.get(url, {"q": ""} if "suggest" in url else {}) for name, url in doors.items()}
    assert {name for name, one in answers.items() if one.status_code == 405} == {"lookup"}
    assert {one.status_code for one in answers.values()} == {200, 405}
