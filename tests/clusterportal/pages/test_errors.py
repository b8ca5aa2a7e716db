"""Error pages."""

import errno
import html
import re
from unittest import mock

import pytest
from django.db import OperationalError
from django.test import RequestFactory

from actors.models import Actor
from clusterportal.pages.views import errors


def language_of(response) -> str:
    return re.search(r'<html lang="(\w+)">', response.content.decode())[1]


@pytest.mark.parametrize(
    ("path", "language"), [("/de/gibt-es-nicht/", "de"), ("/en/nowhere/", "en"), ("/x", "en")]
)
def test_unknown_address_answers_in_the_language_of_its_path(client, db, path, language):
    response = client.get(path, headers={"Accept-Language": "en"})
    assert (response.status_code, language_of(response)) == (404, language)
    assert response.content.count(b"<h1>") == 1
    assert b'name="robots" content="noindex"' in response.content
    assert b'role="search"' in response.content


@pytest.mark.parametrize("path", ["/api/v1/nowhere/", "/api/v9/"])
def test_unknown_address_of_the_interface_is_a_problem_document(client, db, path):
    response = client.get(path)
    assert response.status_code == 404
    assert response["Content-Type"].startswith("application/problem+json")
    problem = response.json()
    assert (problem["status"], set(problem)) == (404, {"type", "title", "status", "detail"})
    assert all(problem.values())


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (lambda request: errors.bad_request(request, None), 400),
        (lambda request: errors.forbidden(request, None), 403),
        (lambda request: errors.gone(request), 410),
        (lambda request: errors.server_error(request), 500),
    ],
)
@pytest.mark.parametrize("language", ["de", "en"])
def test_every_error_has_its_page(db, rf, answer, status, language):
    request = rf.get(f"/{language}/matrix/")
    request.user = mock.Mock(is_active=False)
    response = answer(request)
    assert (response.status_code, language_of(response)) == (status, language)
    assert response.content.count(b"<h1>") == 1
    assert b"{{" not in response.content


def test_error_page_of_the_server_reads_nothing_from_the_database():
    # No database mark: a query would raise.
    response = errors.server_error(RequestFactory().get("/de/"))
    assert response.status_code == 500
    assert b"<h1>" in response.content


def test_a_crash_is_answered_with_the_page(client, db):
    client.raise_request_exception = False
    with mock.patch.object(Actor.objects, "published", side_effect=RuntimeError):
        response = client.get("/en/matrix/")
    assert (response.status_code, language_of(response)) == (500, "en")


OUTAGES = [
    (OperationalError("refused"), "de", "Die Datenbank ist nicht erreichbar"),
    (OperationalError("refused"), "en", "The database cannot be reached"),
    (OSError(errno.ENOSPC, "no space"), "de", "Der Speicherplatz des Servers ist voll"),
    (OSError(errno.ENOSPC, "no space"), "en", "The server's storage is full"),
]


@pytest.mark.parametrize(("error", "language", "sentence"), OUTAGES)
def test_an_outage_is_said_in_a_sentence(client, db, error, language, sentence):
    client.raise_request_exception = False
    with mock.patch.object(Actor.objects, "published", side_effect=error):
        response = client.get(f"/{language}/matrix/")
    assert (response.status_code, language_of(response)) == (503, language)
    assert response["Retry-After"] == "5"
    assert sentence in html.unescape(response.content.decode())


def test_an_outage_is_a_problem_document_for_partners(client, db):
    client.raise_request_exception = False
    with mock.patch.object(Actor.objects, "published", side_effect=OperationalError("refused")):
        response = client.get("/api/v1/actors/?lang=en")
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert response["Content-Type"].startswith("application/problem+json")
    assert response.json()["status"] == 503
