"""Whatever goes wrong answers in one shape."""

import pytest
from django.test import Client

from actors.api.viewsets import ActorViewSet
from tests.factories import make_actor

API = "/api/v1/"


def test_an_address_that_leads_nowhere(client, db):
    for path in ("nothing/", "nothing", "actors/a/b/", "actors/%00/", "actors/a%0Ab/", "actors/ä/"):
        answer = client.get(f"{API}{path}", headers={"Accept-Language": "en"})
        assert answer.status_code == 404, path
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.json() == {
            "type": "/api/v1/docs/#problem-not-found",
            "title": "Not found",
            "status": 404,
            "detail": "There is nothing at this address.",
        }


def test_an_address_means_the_same_without_its_last_slash(client, db):
    answer = client.get(f"{API}layers?lang=en&page_size=1")
    assert (answer.status_code, answer.content) == (
        200,
        client.get(f"{API}layers/?lang=en&page_size=1").content,
    )
    assert client.post(f"{API}layers").status_code == 405  # a redirect would have made it a GET


def test_an_address_may_end_with_a_format(client, chain):
    make_actor("Muster", layers=[2])
    for address, question in (("actors", {"kind": "company"}), ("actors/muster", {})):
        for format in ("csv", "ndjson", "geojson") if address == "actors" else ("jsonld", "ttl"):
            short = client.get(f"{API}{address}.{format}", question)
            long = client.get(f"{API}{address}/", question | {"format": format})
            said = (short.status_code, short.headers["Content-Type"], short.getvalue())
            assert said == (200, long.headers["Content-Type"], long.getvalue())


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("layers.csv", 400),
        ("actors.csv?format=csv", 400),
        ("actors.", 404),
        ("actors/.csv", 404),
        ("nothing.csv", 404),
    ],
)
def test_of_a_format_that_an_address_has_not_a_problem_tells(client, db, address, status):
    answer = client.get(f"{API}{address}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
@pytest.mark.parametrize("path", ["actors/", "layers/", "matrix/", "suggest/", "schema/", "docs/", ""])
def test_nothing_can_be_written(db, method, path):
    answer = getattr(Client(enforce_csrf_checks=True), method)(
        f"{API}{path}", headers={"Accept-Language": "en"}
    )
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert answer.json() == {
        "type": "/api/v1/docs/#problem-method-not-allowed",
        "title": "Method not allowed",
        "status": 405,
        "detail": "This address does not answer this method: use GET, HEAD, OPTIONS.",
    }


@pytest.mark.parametrize(
    ("path", "methods"),
    [
        ("v1/", "GET, HEAD, OPTIONS"),
        ("v1/actors", "GET, HEAD, OPTIONS"),
        ("v1/actors.csv", "GET, HEAD, OPTIONS"),
        ("v1/actors/dfki/", "GET, HEAD, OPTIONS, PATCH, PUT"),
        ("v1/lookup/", "OPTIONS, POST"),
        ("v1/nothing/", "GET, HEAD, OPTIONS"),
        ("v9/", "GET, HEAD, OPTIONS"),
    ],
)
def test_an_address_says_which_methods_it_answers(client, path, methods):
    assert client.options(f"/api/{path}").headers["Allow"] == methods


def test_the_way_to_the_api(client, db):
    for path in ("/api", "/api/"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["Location"]) == (302, API)
    answer = client.get("/api/v2/")
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")
    for path, is_listed in (("actors/", False), ("nothing/", False), ("docs/", True)):
        assert ("X-Robots-Tag" in client.get(f"{API}{path}").headers) == (not is_listed), path


def test_too_many_parameters(client, db):
    query = "&".join(f"kind={number}" for number in range(1001))
    answer = client.get(f"{API}actors/?{query}")
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_several_complaints_at_once(client, db):
    answer = client.get(f"{API}actors/?kind=x&size=y&lang=en").json()
    assert answer["errors"] == {
        "kind": [
            "“x” is not known here. Known are: company, startup, university, research_institute, "
            "hospital, service_provider, supplier, manufacturer, association, public_body, chamber, education, other."
        ],
        "size": ["“y” is not known here. Known are: micro, small, medium, large."],
    }


def test_a_failure_of_ours_is_a_problem_too(db, monkeypatch, settings):
    def fail(*args, **kwargs):
        raise RuntimeError("secret")

    settings.DEBUG = False
    monkeypatch.setattr(ActorViewSet, "list", fail)
    answer = Client(raise_request_exception=False).get(f"{API}actors/?lang=en")
    assert answer.status_code == 500
    assert answer.json() == {
        "type": "about:blank",
        "title": "Internal error",
        "status": 500,
        "detail": "Something failed on our side. It has been recorded.",
    }


def test_any_origin_may_read(client, db):
    for path in ("actors/", "nothing/", "layers/?nonsense=1"):
        answer = client.get(f"{API}{path}", headers={"Origin": "https://partner.example"})
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "ETag" in answer.headers["Access-Control-Expose-Headers"]
    preflight = client.options(
        f"{API}actors/",
        headers={
            "Origin": "https://partner.example",
            "Access-Control-Request-Method": "PATCH",
            "Access-Control-Request-Headers": "authorization,if-match",
        },
    )
    assert preflight.status_code == 204
    assert preflight.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS, POST, PATCH, PUT"
    asked_with = preflight.headers["Access-Control-Allow-Headers"].split(", ")
    assert {"*", "Authorization", "If-Match", "Idempotency-Key", "Last-Event-ID"} <= {*asked_with}
    exposed = client.get(f"{API}layers/").headers["Access-Control-Expose-Headers"].split(", ")
    assert {"RateLimit", "RateLimit-Policy", "Retry-After", "Deprecation", "Sunset", "Location"} <= {*exposed}
    assert "Access-Control-Allow-Origin" not in client.get("/health/").headers


@pytest.mark.parametrize(
    "path",
    ["", "actors/", "layers/", "regions/", "matrix/", "relations/", "suggest/?q=a", "schema/", "docs/"],
)
def test_every_answer_has_a_strong_tag(client, db, path):
    answer = client.get(f"{API}{path}")
    assert answer.status_code == 200
    tag = answer.headers["ETag"]
    assert tag.startswith('"')
    assert answer.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    unchanged = client.get(f"{API}{path}", headers={"If-None-Match": f"W/{tag}"})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert "Cookie" not in answer.headers["Vary"]
    head = client.head(f"{API}{path}")
    assert head.status_code == 200
    assert head.headers["ETag"] == tag


def test_if_match_is_honoured(client, db):
    answer = client.get(f"{API}layers/", headers={"If-Match": '"other"'})
    assert answer.status_code == 412
    assert answer.headers["Content-Type"] == "application/problem+json"
