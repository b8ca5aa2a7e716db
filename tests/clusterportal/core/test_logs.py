"""What people wrote, tokens of personal links and needless tracebacks stand in no log."""

import io
import logging
import sys

import pytest
import structlog
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.http import Http404
from django.urls import reverse

from clusterportal.core.logs import (
    BriefOutages,
    RefusalsInOneLine,
    WithoutArguments,
    WithoutTokens,
    logging_as,
    without_tokens,
)
from clusterportal.history.middleware import HistoryMiddleware
from clusterportal.quality.domain.reminders import STILL_RIGHT
from tests.factories import make_key, make_person


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
        (f"/files/7/?preview=MQ:1vTabc:{'x' * 43}&a=1", "/files/7/?preview=***&a=1"),
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


# ---------- all of it together ----------
@pytest.fixture
def written():
    """Every line of a portal as a collector gets it, those for its makers too."""
    stream, root, given = io.StringIO(), logging.getLogger(), logging_as("json")
    handler = logging.StreamHandler(stream)
    for name in given["handlers"]["console"]["filters"]:
        handler.addFilter(given["filters"][name]["()"]())
    looks = {name: value for name, value in given["formatters"]["json"].items() if name != "()"}
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(**looks))
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    logging.getLogger("django.db.backends").setLevel(logging.WARNING)  # statements, of a debugging test alone
    yield stream
    logging.getLogger("django.db.backends").setLevel(logging.NOTSET)
    root.setLevel(level)
    root.removeHandler(handler)


@pytest.mark.django_db
def test_no_line_of_a_day_holds_a_secret(client, written, settings, tmp_path):
    """Signing in and failing to, a link that sets a password, keys wherever they were written, a file."""
    settings.PORTAL_DATA_DIR, settings.METRICS_TOKEN = tmp_path, "of-prometheus"
    person = make_person("administrator", username="leitung", email="leitung@example.org")
    _key, headers = make_key("read")
    key = headers["HTTP_AUTHORIZATION"].partition(" ")[2]
    token = default_token_generator.make_token(person)
    link = {"uidb36": user_pk_to_url_str(person), "key": token}
    for password in ("geheim-7-geheim", "x"):
        client.post(reverse("account_login"), {"login": "leitung@example.org", "password": password})
    client.post(reverse("account_reset_password"), {"email": "leitung@example.org"})
    for address in (
        reverse("account_reset_password_from_key", kwargs=link), f"/api/v1/actors/?key={key}", f"/de/nichts/{key}/",
        "/metrics", "/admin/operation/",
    ):  # fmt: skip
        client.get(address, **headers)
    client.get("/metrics", headers={"Authorization": "Bearer of-prometheus"})
    client.get("/api/v1/actors/", headers={"Authorization": f"Basic {key}"})
    file = SimpleUploadedFile("a.csv", b"name;kind\nGeheimer Inhalt;company\n")
    sent = client.post(reverse("admin:imports_importrun_add"), {"noun": "actors", "file": file})
    assert sent.status_code == 302
    secrets = [
        "geheim-7-geheim", "leitung@example.org", token, key, "of-prometheus", "Geheimer Inhalt",
        client.cookies["sessionid"].value,
    ]  # fmt: skip
    said = written.getvalue()
    assert len(said.splitlines()) > 5
    assert [one for one in secrets if one in said] == []
