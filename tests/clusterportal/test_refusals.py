"""What is refused is told so with all headers of a page, by an answer that is made once."""

import json
from io import BytesIO

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import RequestFactory

from clusterportal.core.turns import costly
from clusterportal.refusals import Refusals, client_of, is_costly

pytestmark = pytest.mark.django_db


@pytest.fixture
def told():
    """(status, headers, body) with which a request is refused; its end leaves the connection open."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    refusals = Refusals(WSGIHandler())

    def told(status: int, path: str, **further: str):
        said: list = []
        environ = RequestFactory().generic("POST", path, b"a=1", **further).environ
        answer = refusals(environ, lambda status, headers: said.extend([status, dict(headers)]), status)
        return *said, b"".join(answer)

    told.refusals = refusals
    yield told
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.parametrize(
    ("status", "again", "words"),
    [
        (503, "5", {"de": "Im Augenblick sehr viel los", "en": "Very busy at the moment"}),
        (408, "5", {"de": "Die Verbindung ist zu langsam", "en": "The connection is too slow"}),
        (413, None, {"de": "Zu groß", "en": "Too large"}),
    ],
)
def test_pages_and_problems(told, caplog, status, again, words):
    for language, heading in words.items():
        said, headers, body = told(status, f"/{language}/anfrage/")
        assert (said[:3], headers.get("Retry-After"), headers["Cache-Control"]) == (
            str(status),
            again,
            "no-store",
        )
        assert {"Content-Security-Policy", "X-Frame-Options", "X-Content-Type-Options"} <= {*headers}
        assert (f"<h1>{heading}</h1>" in body.decode(), headers["Content-Length"]) == (True, str(len(body)))
        said, headers, body = told(status, "/api/v1/submissions/", HTTP_ACCEPT_LANGUAGE=f"{language}-DE")
        problem = json.loads(body)
        assert (headers["Content-Type"], headers.get("Retry-After")) == ("application/problem+json", again)
        assert (said[:3], problem["status"], problem["title"]) == (str(status), status, heading)
        assert problem["detail"]
    assert "could not be shown" not in caplog.text  # no simpler page stood in


def test_it_is_made_once_in_each_language_and_nothing_of_one_request_stays_in_it(
    told, django_assert_num_queries
):
    _status, _headers, first = told(
        503, "/de/akteure/", QUERY_STRING="q=secret", HTTP_COOKIE="sessionid=secret"
    )
    assert b"secret" not in first
    with django_assert_num_queries(0):
        told.refusals._application = None
        assert told(503, "/de/matrix/")[2] == told(503, "/admin/")[2] == first
    environ = RequestFactory().head("/de/").environ | {"wsgi.input": BytesIO()}
    assert told.refusals(environ, lambda *_said: None, 503) == []


def test_a_host_that_is_not_ours_is_told_nothing_and_not_remembered(told):
    assert told(503, "/de/", HTTP_HOST="elsewhere.example")[0][:3] == "400"
    assert told.refusals._made == {}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/de/netzwerk/", True),
        ("/en/network/", True),
        ("/de/cluster/eins/monitor/", True),
        ("/de/akteure/eins/profil.pdf", True),
        ("/de/akteure/eins/bild.png", True),
        ("/de/akteure/export.csv", True),
        ("/api/v1/snapshot/", True),
        ("/api/v1/clusters/eins/network/", True),
        ("/de/", False),
        ("/de/akteure/", False),
        ("/api/v1/actors/", False),
        ("/de/nichts/davon/", False),
        ("/\xc3\x28/", False),
    ],
)
def test_what_is_costly_says_so_at_its_view(path, expected):
    assert is_costly({"PATH_INFO": path}) is expected


def test_costly_marks_functions_and_classes():
    assert costly(lambda request: None).is_costly
    assert costly(type("View", (), {})).is_costly


@pytest.mark.parametrize(
    ("proxies", "passed", "client"),
    [
        (0, "", "203.0.113.9"),
        (0, "198.51.100.1", "203.0.113.9"),  # anybody can write that
        (1, "198.51.100.7, 198.51.100.1", "198.51.100.1"),
        (2, "1.2.3.4,198.51.100.7, 198.51.100.1", "198.51.100.7"),
        (2, "198.51.100.1", "203.0.113.9"),
        (1, "", "203.0.113.9"),
        (1, "2001:db8:0:1::5", "2001:db8:0:1::/64"),
    ],
)
def test_who_asks(settings, proxies, passed, client):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    headers = {"HTTP_X_FORWARDED_FOR": passed} if passed else {}
    assert client_of({"REMOTE_ADDR": "203.0.113.9"} | headers) == client
