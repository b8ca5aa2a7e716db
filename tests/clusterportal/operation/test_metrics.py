"""What is measured: by whom it may be read, what it says, and that several processes count together."""

import subprocess
import sys
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import ImproperlyConfigured, MiddlewareNotUsed
from django.db import DatabaseError
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from clusterportal.core.backup_notes import note
from clusterportal.core.models import Standstill
from clusterportal.core.tasks import send_message
from clusterportal.operation.domain import exposition as room
from clusterportal.operation.domain.measuring import VIEW
from clusterportal.operation.middleware import Metrics
from clusterportal.partners.models import Usage, WebhookEndpoint
from clusterportal.teamwork.models import OutgoingMail
from tests.factories import make_partner, make_person

PAUSED = {"state": "paused", "pause_reason": "failed", "paused_at": timezone.now()}
TOKEN = {"headers": {"Authorization": "Bearer of-prometheus"}}


@pytest.fixture
def ask(rf, settings):
    """`ask("/metrics", …)` as the first middleware answers, with what the settings say then."""
    settings.METRICS_TOKEN, settings.METRICS_NETWORKS = "", []

    def asked(path: str = "/metrics", **said):
        return Metrics(lambda request: None)(rf.get(path, **said))

    return asked


@pytest.fixture(autouse=True)
def exposed(monkeypatch):
    """What is told stands aside, where only who may read it matters."""
    monkeypatch.setattr("clusterportal.operation.views.exposition", lambda: b"all")


@pytest.mark.django_db
def test_nobody_reads_it_until_somebody_may(client, ask):
    with pytest.raises(MiddlewareNotUsed):
        ask()
    assert client.get("/metrics").status_code == 404  # a page that is not there, like any other


def test_whoever_has_the_token_reads_it_under_any_host_name(ask, settings):
    settings.ALLOWED_HOSTS = ["portal.example"]  # asked by its address, the portal is "testserver"
    settings.METRICS_TOKEN = "of-prometheus"
    answer = ask(**TOKEN)
    assert (answer.status_code, answer.content, answer["Cache-Control"]) == (200, b"all", "no-store")
    assert answer["Content-Type"].startswith("text/plain")
    assert ask("/de/", **TOKEN) is None
    for said in (
        "",
        "Bearer",
        "Bearer of-prometheu",
        "Bearer of-prometheus2",
        "Basic of-prometheus",
        "of-prometheus",
    ):
        assert ask(headers={"Authorization": said}).status_code == 404, said


@pytest.mark.parametrize(
    ("proxies", "remote", "forwarded", "is_let_in"),
    [
        (0, "10.1.2.3", None, True),
        (0, "::ffff:10.1.2.3", None, True),
        (0, "2001:db8::7", None, True),
        (0, "10.2.0.1", None, False),
        (0, "", None, False),
        (0, "10.1.2.3", "203.0.113.9", False),  # a proxy that nobody spoke of: all would come from it
        (1, "10.1.2.3", "203.0.113.9", False),
        (1, "10.1.2.3", "10.1.9.9, 203.0.113.9", False),  # the first is what the client says of itself
        (1, "10.1.2.3", "10.1.9.9", True),
        (2, "10.1.2.3", "10.1.9.9", False),  # one proxy was gone around
        (1, "10.1.2.3", None, True),  # past the proxy
    ],
)  # fmt: skip
def test_only_the_networks_are_let_in(ask, settings, proxies, remote, forwarded, is_let_in):
    settings.METRICS_NETWORKS = ["10.1.0.0/16", "2001:db8::/32"]
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    said = {"headers": {"X-Forwarded-For": forwarded}} if forwarded else {}
    assert (ask(REMOTE_ADDR=remote, **said).status_code == 200) is is_let_in


def test_token_and_networks_must_both_hold(ask, settings):
    settings.METRICS_TOKEN, settings.METRICS_NETWORKS = "of-prometheus", ["10.1.0.0/16"]
    assert ask(REMOTE_ADDR="10.1.2.3").status_code == 404
    assert ask(REMOTE_ADDR="10.2.2.3", **TOKEN).status_code == 404
    assert ask(REMOTE_ADDR="10.1.2.3", **TOKEN).status_code == 200


def test_a_network_that_is_none_is_named_at_the_start(ask, settings):
    settings.METRICS_NETWORKS = ["10.1.0.1/16"]
    with pytest.raises(ImproperlyConfigured, match=r"METRICS_NETWORKS: 10.1.0.1/16 has host bits set"):
        ask()


# ---------- what it says ----------
def told(said: bytes | None = None) -> dict[str, dict[str, float]]:
    """Values by name, and by their labels in one word."""
    families = text_string_to_metric_families((said or room.exposition()).decode())
    found: dict[str, dict[str, float]] = {}
    for sample in (sample for family in families for sample in family.samples):
        found.setdefault(sample.name, {})[
            "/".join(value for _label, value in sorted(sample.labels.items()))
        ] = sample.value
    return found


@pytest.mark.django_db
def test_how_the_portal_stands(no_jobs):
    send_message.defer(subject="s", body="b", to="a@example.org")
    send_message.configure(schedule_in={"hours": 1}).defer(subject="s", body="b", to="a@example.org")
    OutgoingMail.objects.create(user=make_person(), state="unclear")
    partner = make_partner()
    for number, fields in enumerate([{}, {"failures": 2}, PAUSED]):
        url = f"https://{number}.example.org"
        WebhookEndpoint.objects.create(partner=partner, url=url, epoch="-", position=0, **fields)
    Standstill.objects.create(pk=1)
    Usage.objects.create(day=timezone.localdate(), answers=7, refused=1)
    note()
    values = told()
    assert values["portal_database_up"] == {"": 1} and values["portal_disk_free_bytes"][""] > 0
    assert values["portal_jobs"] == {"mail/todo": 2}
    assert list(values["portal_job_wait_seconds"]) == ["mail"]
    mails = values["portal_mails"]
    assert {key: number for key, number in mails.items() if number} == {"teamwork.outgoingmail/unclear": 1}
    assert "newsletters.issuemail/waiting" in mails
    assert values["portal_webhooks"] == {"active": 2, "failing": 1, "paused": 1}
    assert values["portal_imports"]["failed"] == 0 and values["portal_mails_held"] == {"": 1}
    assert values["portal_database_sessions"]["active"] <= values["portal_database_sessions_limit"][""]
    assert values["portal_api_answers_today"] == {"keyed": 0, "others": 7, "refused": 1}
    age = timezone.now().timestamp() - values["portal_backup_timestamp_seconds"][""]
    assert 0 <= age < timedelta(minutes=5).total_seconds()
    assert "a@example.org" not in room.exposition().decode()


@pytest.mark.django_db
def test_it_costs_few_questions_however_much_there_is(django_assert_num_queries, no_jobs):
    with django_assert_num_queries(21):
        room.exposition()


def test_without_a_database_the_rest_is_told(monkeypatch):
    def refuse():
        raise DatabaseError("no route to host")

    monkeypatch.setattr(room.figures, "connections", refuse)
    values = told()
    assert values["portal_database_up"] == {"": 0} and "portal_disk_free_bytes" in values
    assert "portal_jobs" not in values


# ---------- what processes count ----------
COUNTING = """
import os, sys
from wsgiref.util import setup_testing_defaults
from clusterportal.operation.domain.measuring import MeasuredApplication, VIEW, timed_job

def application(environ, start_response):
    if environ["PATH_INFO"] == "/broken":
        raise ValueError
    environ[VIEW] = "pages:home"
    if environ["PATH_INFO"] == "/kept":
        environ["outcome"] = "kept"
    start_response("404 Not Found" if environ["PATH_INFO"] == "/none" else "200 OK", [])
    return []

measured = MeasuredApplication(application, outcome="outcome")
for path in ["/a", "/kept", "/none", "/broken", "/static/x.css"]:
    environ = {"PATH_INFO": path}
    try:
        measured(environ, lambda status, headers: None)
    except ValueError:
        pass
with timed_job("core.send_message"):
    pass
"""


def test_processes_count_together(tmp_path, monkeypatch):
    """Two workers have counted and ended; a third one is asked."""
    environment = {"PROMETHEUS_MULTIPROC_DIR": str(tmp_path), "PYTHONPATH": "."}
    for _worker in range(2):
        subprocess.run([sys.executable, "-c", COUNTING], check=True, env=environment)
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    monkeypatch.setattr(room, "_Standing", lambda: room.CollectorRegistry())
    values = told()
    assert values["portal_requests_total"] == {
        "2xx/pages:home": 4, "2xx/kept": 2, "4xx/pages:home": 2, "5xx/none": 2,
    }  # fmt: skip
    assert values["portal_answers_total"] == {"kept": 2}
    assert values["portal_request_seconds_count"] == {"pages:home": 6, "kept": 2, "none": 2}
    assert values["portal_jobs_done_total"] == {"done/core.send_message": 2}


def test_the_view_is_noted_and_never_the_path(rf, settings):
    settings.METRICS_TOKEN = "x"
    request = rf.get("/de/akteure/geheim/")
    request.resolver_match = SimpleNamespace(view_name="pages:actor-detail")
    Metrics(lambda request: None).process_view(request, None, (), {})
    assert request.environ[VIEW] == "pages:actor-detail"
