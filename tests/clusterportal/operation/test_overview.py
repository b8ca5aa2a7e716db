"""The page "Operation": for administrators alone, with what needs somebody, and failed jobs put back."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from clusterportal.core.backup_notes import note
from clusterportal.core.models import Standstill
from clusterportal.imports.models import ImportRun
from clusterportal.operation.domain import jobs as room
from clusterportal.partners.models import WebhookEndpoint
from clusterportal.teamwork.models import OutgoingMail
from tests.factories import make_cluster, make_partner, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_jobs")]
PAGE = "/admin/operation/"


def job(status: str, task: str = "imports.work", *, lock: str | None = None, minutes: int = 5) -> int:
    """A job that came to this status some minutes ago, with a person's address among its arguments."""
    event = {"todo": "deferred", "doing": "started", "failed": "failed"}[status]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, queueing_lock, args, attempts) "
            "VALUES ('default', %s, %s, %s, '{\"to\": \"max@example.org\"}', 2) RETURNING id",
            [task, status, lock],
        )
        key = cursor.fetchone()[0]
        cursor.execute("DELETE FROM procrastinate_events WHERE job_id = %s", [key])
        cursor.execute(
            "INSERT INTO procrastinate_events (job_id, type, at) VALUES (%s, %s, now() - make_interval(mins => %s))",
            [key, event, minutes],
        )
    return key


def signed_in(role: str) -> Client:
    client = Client()
    clusters = () if role in ("administrator", "representative", "partner") else [make_cluster(f"of-{role}")]
    client.force_login(make_person(role, clusters=clusters))
    return client


@pytest.fixture
def admin(settings, tmp_path):
    settings.PORTAL_DATA_DIR = tmp_path
    return signed_in("administrator")


def addresses() -> list[str]:
    """Every address of this room, whoever added it."""
    found = get_resolver("clusterportal.operation.urls").reverse_dict
    names = {name for name in found if isinstance(name, str)}
    assert {"overview", "again", "all-again"} <= names
    return [
        reverse(f"operation:{name}", args=[1] if found.getlist(name)[0][0][0][1] else []) for name in names
    ]


@pytest.mark.parametrize("role", ["manager", "editor", "viewer", "representative", "partner"])
def test_nobody_but_administrators_comes_in(role):
    failed, client = job("failed"), signed_in(role)
    for address in [*addresses(), reverse("operation:again", args=[failed])]:
        assert client.get(address).status_code in (302, 403), address
        assert client.post(address).status_code in (302, 403), address
    assert ProcrastinateJob.objects.get(pk=failed).status == "failed"
    assert PAGE not in client.get("/admin/?overview=1").content.decode()


def test_who_is_not_signed_in_is_asked_to(client):
    for address in addresses():
        answer = client.post(address)
        assert answer.status_code == 302 and "next=" in answer["Location"], address


def test_a_portal_where_nothing_happens_says_so(admin):
    page = admin.get(PAGE).content.decode()
    for said in (
        "Ja: Nichts braucht Sie.", "Kein Auftrag ist fehlgeschlagen.",
        "Nichts wartet: Jeder fällige Auftrag ist erledigt.",
        "Keine E-Mail wartet, und keine braucht eine Entscheidung.", "Kein Partner lässt sich Webhooks senden.",
        "Noch niemand hat eine Tabelle importiert.", "keine durch dieses Portal",
    ):  # fmt: skip
        assert said in page, said
    assert "noch einmal versuchen" not in page
    assert f'href="{PAGE}"' in admin.get("/admin/").content.decode()


def test_what_needs_somebody_is_there_and_nothing_of_people(admin, django_assert_max_num_queries):
    old, failed, running = job("todo", "core.late", minutes=10), job("failed"), job("doing", minutes=125)
    OutgoingMail.objects.create(user=make_person(), state="unclear")
    url = {"partner": make_partner("Halle"), "url": "https://a.example.org", "epoch": "-", "position": 0}
    WebhookEndpoint.objects.create(**url, failures=2)
    ImportRun.objects.create(file_name="aktoren.csv", state="failed")
    Standstill.objects.create(pk=1)
    note()
    with django_assert_max_num_queries(60):
        page = admin.get(PAGE).content.decode()
    for said in (
        "core.late", f'<th scope="row">{old}</th>', reverse("operation:again", args=[failed]), f"{running}",
        "2\xa0Stunden",
        "https://a.example.org", "2 Versuche vergeblich", "aktoren.csv", "Versand erlauben", "Zusammenarbeit",
    ):  # fmt: skip
        assert said in page, said
    assert "max@example.org" not in page


def test_a_long_queue_stays_a_short_page(monkeypatch):
    monkeypatch.setattr(room, "MOST_JOBS_OF_KIND", 2)
    for _number in range(4):
        job("todo")
        job("failed")
    found = room.jobs()
    assert (found.due, len(found.waiting_list), found.failed, len(found.failed_list)) == (4, 2, 4, 2)


def test_a_failed_job_is_done_again(admin):
    one, other, running = job("failed"), job("failed"), job("doing")
    answer = admin.post(reverse("operation:again", args=[one]), follow=True)
    assert "1 Auftrag wird noch einmal ausgeführt." in answer.content.decode()
    states = dict(ProcrastinateJob.objects.values_list("pk", "status"))
    assert states == {one: "todo", other: "failed", running: "doing"}
    assert ProcrastinateJob.objects.get(pk=one).scheduled_at - timezone.now() < timedelta(seconds=1)
    answer = admin.post(reverse("operation:again", args=[running]), follow=True)
    assert "Kein Auftrag wurde zurückgelegt" in answer.content.decode()
    assert admin.get(reverse("operation:again", args=[other])).status_code == 405


def test_all_failed_jobs_are_done_again_but_those_whose_next_run_waits(admin):
    job("todo", lock="nightly")
    nightly, twice, again = job("failed", lock="nightly"), job("failed", lock="x"), job("failed", lock="x")
    plain = job("failed")
    answer = admin.post(reverse("operation:all-again"), follow=True)
    assert "2 Aufträge werden noch einmal ausgeführt." in answer.content.decode()
    failed = ProcrastinateJob.objects.filter(status="failed").values_list("pk", flat=True)
    assert set(failed) == {nightly, again} and plain not in failed and twice not in failed
