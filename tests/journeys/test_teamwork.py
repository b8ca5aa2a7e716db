"""Colleagues at work: a note becomes a follow-up and is done, a selection is written to, a person is invited."""

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from actors.models import Actor, ContactPerson
from clusterportal.accounts.models import User
from clusterportal.clusters.models import Cluster
from clusterportal.teamwork.domain.outbox import send_due
from clusterportal.teamwork.models import Note, OutgoingMail
from tests.factories import make_person
from tests.journeys.accessibility import violations, wrong_in_both_looks


@pytest.fixture
def as_person(visit, live_server):
    """`as_person(user, path)` opens a page as somebody who is signed in."""

    def opened(person, path: str, **options):
        client = Client()
        client.force_login(person)
        page = visit("/de/", **options)
        session = client.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page.goto(live_server.url + path)
        return page

    return opened


def check(page) -> None:
    """Our part of the page: the frame around it is unfold's."""
    page.wait_for_load_state()
    assert wrong_in_both_looks(page, lambda shown: violations(shown, "main.ap")) == [], page.url


def test_a_note_is_followed_up_and_a_selection_is_written_to(as_person, live_server, tmp_path, settings):
    settings.PORTAL_DATA_DIR = tmp_path / "data"
    cluster = Cluster.objects.first()
    kim = make_person("manager", clusters=[cluster], username="kim", first_name="Kim", last_name="Kaiser")
    actors = list(Actor.objects.filter(memberships__cluster=cluster).by_name()[:2])
    ContactPerson.objects.create(actor=actors[0], name="Ada Licht", email="ada@optik.example")
    page = as_person(kim, f"/admin/actors/actor/{actors[0].pk}/change/")

    # a note with a file, for oneself, today
    page.locator(".ap-tabs a", has_text="Notizen").click()
    check(page)
    page.locator("[name=text]").fill("Vertrag prüfen")
    page.locator("[name=due_on]").fill(timezone.localdate().isoformat())
    page.locator("[name=assignee]").select_option(label="Kim Kaiser")
    (tmp_path / "vertrag.pdf").write_bytes(b"%PDF-1.7 x")
    page.locator("[name=uploads]").set_input_files(tmp_path / "vertrag.pdf")
    page.locator("button", has_text="Notiz speichern").click()
    check(page)
    with page.expect_download() as download:
        page.locator("a", has_text="vertrag.pdf").click()
    assert download.value.suggested_filename == "vertrag.pdf"
    page.locator(".tw-note a", has_text="Ändern").click()
    check(page)

    # it stands on the board, and is done there
    page.goto(f"{live_server.url}/admin/board/")
    check(page)
    page.locator(".tw-task button", has_text="Erledigt").click()
    page.wait_for_load_state()
    assert page.url.endswith("/board/") and not Note.objects.open().exists()

    # two actors are chosen, one has somebody to write to
    page.goto(f"{live_server.url}/admin/actors/actor/?cluster={cluster.slug}")
    for actor in actors:
        page.locator(f"[name=_selected_action][value='{actor.pk}']").check()
    page.locator("select[name=action]").select_option(value="write_to_contacts")
    page.locator("#changelist-actions button, .actions button[type=submit]").first.click()
    page.wait_for_load_state()
    check(page)
    page.locator("[name=subject]").fill("Treffen")
    page.locator("[name=text]").fill("Guten Tag {name}")
    page.locator("[name=preview]").click()
    check(page)
    assert "Guten Tag Ada Licht" in page.locator(".tw-sheet").inner_text()
    page.locator("[name=send]").click()
    check(page)
    assert send_due() == 1 and OutgoingMail.objects.get().state == "sent"


@pytest.fixture
def no_jobs_left(transactional_db):
    """Jobs are of a library's own tables, which no test empties."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def test_a_person_is_invited_and_comes_in(as_person, live_server, settings, no_jobs_left):
    settings.SITE_URL = live_server.url
    administrator = make_person("administrator")
    page = as_person(administrator, "/admin/accounts/user/add/")
    page.locator("[name=email]").fill("neu@example.org")
    page.locator("[name=role][value=editor]").check()
    page.locator("[name=_save], button", has_text="Speichern").last.click()
    page.wait_for_load_state()
    person = User.objects.get(email="neu@example.org")
    body = ProcrastinateJob.objects.filter(task_name="core.send_message").latest("id").args["body"]
    way_in = next(line for line in body.splitlines() if "/password/" in line or "key" in line)
    page.context.clear_cookies()
    page.goto(way_in)
    page.locator("[name=password1]").fill("ein-langes-Geheimnis-7")
    page.locator("[name=password2]").fill("ein-langes-Geheimnis-7")
    page.locator("main button[name=action]").click()
    page.wait_for_load_state()
    person.refresh_from_db()
    assert person.check_password("ein-langes-Geheimnis-7") and person.is_staff
