"""What people wrote, tokens of personal links and needless tracebacks stand in no log."""

import io
import logging
import sys

import pytest
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404
from django.urls import reverse

from clusterportal.core.logs import (
    BriefOutages,
    RefusalsInOneLine,
    WithoutArguments,
    WithoutTokens,
    without_tokens,
)
from clusterportal.history.middleware import HistoryMiddleware
from clusterportal.quality.domain.reminders import STILL_RIGHT


@pytest.fixture
def log():
    """What stands in the log of the portal, as its handler writes it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(WithoutTokens())
    handler.addFilter(RefusalsInOneLine())
    logging.getLogger().addHandler(handler)
    yield stream
    logging.getLogger().removeHandler(handler)


def test_the_console_of_the_portal_has_every_filter(settings):
    assert settings.LOGGING["handlers"]["console"]["filters"] == [
        "without_arguments", "brief_outages", "refusals", "without_tokens",
    ]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["pages:proposal-status", "pages:proposal-confirm", "pages:verify"])
@pytest.mark.parametrize("language", ["de", "en"])  # an address of one language under the other is none
def test_a_line_of_a_personal_link_names_no_token(client, log, name, language):
    token = STILL_RIGHT.token(7) if name == "pages:verify" else signing.dumps("x" * 36, salt="any")
    response = client.get(reverse(name, args=[token]).replace("/de/", f"/{language}/"))
    assert response.status_code in (404, 410)
    assert "***" in log.getvalue()
    assert all(part not in log.getvalue() for part in token.split(":") if len(part) > 5)


@pytest.mark.django_db
def test_a_refused_request_is_one_line(client, log, settings):
    count = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1
    response = client.get("/de/?" + "&".join(f"a{number}=1" for number in range(count)))
    lines = log.getvalue().splitlines()
    assert response.status_code == 400
    assert len(lines) <= 2 and "Traceback" not in log.getvalue()


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/de/konto/reset/key/1-d2bxyz-0123456789abcdef0123456789abcdef/", "/de/konto/reset/key/***/"),
        ("/de/konto/confirm-email/MQ:1vTabc:Xyz-_1/", "/de/konto/confirm-email/***/"),
        ("/de/a/MQ%3A1vTabc%3AXyz", "/de/a/***"),
        ("/de/akteure/fraunhofer-institut-fuer-techno-und-wirtschaftsmathematik/", None),
        ("/api/v1/actors/3f2504e0-4f89-41d3-9a0c-0305e82c3301/", None),
        ("/de/akteure/?identifier=ror:019hjw009", None),
        (f"/api/v1/?key=cp_Ab12Cd34_{'x' * 38}", "/api/v1/?key=***"),
    ],
)
def test_only_tokens_are_masked(path, kept):
    assert without_tokens(path) == (kept or path)


def test_the_history_of_a_change_names_no_token(rf):
    request = rf.post("/de/noch-richtig/" + signing.dumps(7, salt="any") + "/")
    assert HistoryMiddleware(None).get_context(request)["url"] == "/de/noch-richtig/***/"


@pytest.mark.parametrize(
    ("name", "said", "logged"),
    [
        (
            "procrastinate.worker.worker",
            "Job core.send_message[7](to='me@example.org', body='a)\n(b') ended with status: Error, lasted 1.000 s",
            "Job core.send_message[7] ended with status: Error, lasted 1.000 s",
        ),
        ("procrastinate.worker", "Stopped worker on all queues", "Stopped worker on all queues"),
        ("actors", "Actor[7](x)", "Actor[7](x)"),
    ],
)
def test_a_job_is_named_without_its_arguments(name, said, logged):
    record = logging.LogRecord(name, logging.ERROR, "", 0, "%s", (said,), None)
    assert WithoutArguments().filter(record)
    assert record.getMessage() == logged


@pytest.mark.parametrize(
    ("error", "logged", "is_brief"),
    [
        (
            OperationalError("connection refused\n\tIs it running?"),
            "Bad: /de/ (connection refused Is it running?)",
            True,
        ),
        (ValueError("x"), "Bad: /de/", False),
    ],
)
def test_an_outage_takes_one_line_and_an_error_of_ours_its_traceback(error, logged, is_brief):
    about = (type(error), error, None)
    record = logging.LogRecord("django.request", logging.ERROR, "", 0, "Bad: %s", ("/de/",), about)
    assert BriefOutages().filter(record)
    assert (record.getMessage(), record.exc_info is None) == (logged, is_brief)


@pytest.mark.parametrize(
    "error, is_kept", [(PermissionDenied("no"), False), (Http404(), False), (ValueError("x"), True)]
)
def test_only_what_broke_keeps_its_traceback(error, is_kept):
    try:
        raise error
    except Exception:
        record = logging.LogRecord("django.request", logging.WARNING, "", 0, "%s", ("path",), sys.exc_info())
    assert RefusalsInOneLine().filter(record)
    assert bool(record.exc_info) is is_kept
