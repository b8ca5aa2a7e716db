"""Visitors' questions to the database end in time, and say so; those at work have longer."""

import json

import psycopg
import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import override_settings
from django.urls import path

from clusterportal.core import statement_times
from clusterportal.core.statement_times import AT_WORK, VISITORS, LongStatements, limit_statements
from clusterportal.urls import urlpatterns as ours

pytestmark = pytest.mark.django_db


def sleepy(request):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 20")
        cursor.execute("SELECT pg_sleep(20)")


urlpatterns = [path("de/sleepy/", sleepy), path("api/v1/sleepy/", sleepy), *ours]
handler500 = "clusterportal.pages.views.errors.server_error"


@pytest.fixture
def options():
    """Those of the connection, to be changed."""
    options = connection.settings_dict["OPTIONS"]
    was = options["options"]
    yield options
    options["options"] = was


@override_settings(ROOT_URLCONF=__name__)
def test_what_takes_too_long_is_told_when_to_come_again(client):
    client.raise_request_exception = False
    page, problem = client.get("/de/sleepy/"), client.get("/api/v1/sleepy/")
    assert [(one.status_code, one["Retry-After"]) for one in (page, problem)] == [(503, "5")] * 2
    assert "würde im Augenblick zu lange dauern" in page.content.decode()
    assert json.loads(problem.content)["status"] == 503


@pytest.mark.parametrize(
    ("given", "shown"),
    [("-c statement_timeout=9000", "9s"), ("-c pgtrigger.ignore={}", f"{VISITORS}s"), ("", f"{VISITORS}s")],
)
def test_a_process_that_answers_visitors_asks_briefly(options, given, shown):
    """What the address of the database says counts more."""
    options["options"] = given
    limit_statements()
    with psycopg.connect(**_parameters() | {"options": options["options"]}) as session:
        assert session.execute("SHOW statement_timeout").fetchone() == (shown,)


def _parameters() -> dict:
    known = connection.get_connection_params()
    return {name: known[name] for name in ("host", "port", "dbname", "user", "password") if known.get(name)}


@pytest.mark.parametrize(
    ("method", "address", "has_longer"),
    [
        ("get", "/de/", False),
        ("get", "/api/v1/actors/", False),
        ("head", "/de/", False),
        ("get", "/admin/actors/actor/", True),
        ("post", "/de/anfrage/", True),
        ("patch", "/api/v1/actors/eins/", True),
    ],
)
@pytest.mark.parametrize("is_limited", [True, False])
def test_those_at_work_have_longer(rf, options, monkeypatch, method, address, has_longer, is_limited):
    said: list[str] = []
    monkeypatch.setattr(statement_times, "_say", said.append)
    monkeypatch.setattr(connection, "in_atomic_block", False)
    if is_limited:
        options["options"] = ""
        limit_statements()
    answer = LongStatements(lambda request: HttpResponse(" ".join(said)))(getattr(rf, method)(address))
    longer = f"SET statement_timeout = '{AT_WORK}s'"
    assert answer.content.decode() == (longer if has_longer and is_limited else "")
    assert said == ([longer, "RESET statement_timeout"] if has_longer and is_limited else [])


def test_a_connection_that_is_lost_is_closed(options, monkeypatch):
    limit_statements()
    closed: list[int] = []
    monkeypatch.setattr(connection, "in_atomic_block", False)
    monkeypatch.setattr(connection, "close", lambda: closed.append(1))

    def lost(statement):
        raise statement_times.Error(statement)

    monkeypatch.setattr(statement_times, "_say", lost)
    statement_times._reset()
    assert closed == [1]
