"""`manage.py doctor` says what is well and what is not, one line each, and by its exit status whether all is."""

import shutil
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import override

from clusterportal.core import doctor
from clusterportal.core.backup_notes import note
from clusterportal.core.models import BackupNote, Standstill
from clusterportal.teamwork.models import OutgoingMail
from tests.factories import make_contribution, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_jobs")]
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def disk(monkeypatch, settings, tmp_path):
    settings.PORTAL_DATA_DIR = tmp_path
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda path: usage._replace(free=5 * 1024**3))


def said(capsys, *, status: int = 0) -> list[str]:
    try:
        call_command("doctor")
        assert status == 0
    except SystemExit as end:
        assert end.code == status
    return capsys.readouterr().out.splitlines()


def test_a_portal_that_is_well_says_so(capsys, tmp_path):
    assert said(capsys) == [
        f"ok    5.0 GiB are free in {tmp_path}.",
        "ok    The database answers.",
        "ok    Every migration is applied.",
        "ok    This machine and the database have the same time.",
        "ok    No job is late.",
        "ok    Atlases that are ready: 0.",
        "ok    Contributions appear and disappear in time.",
        "ok    Requests and offers end in time.",
    ]


def test_what_is_wrong_is_named_with_what_to_do(capsys, monkeypatch):
    make_contribution(publish_at=timezone.now() - 3 * HOUR)
    make_contribution(expires_at=timezone.now() - HOUR)
    real = timezone.now
    monkeypatch.setattr(doctor.timezone, "now", lambda: real() + HOUR)
    wrong = [line for line in said(capsys, status=1) if line.startswith("WRONG")]
    assert wrong == [
        "WRONG This machine and the database differ by 59 minutes: set their clocks by NTP.",
        "WRONG A contribution that is due has been waiting for 4 hours: pages go by its moment, but feeds, calendars "
        "and partners have not been told. Is the worker running (`manage.py up`)?",
    ]


def test_mails_and_backups_are_looked_after(capsys, monkeypatch, settings):
    now, settings.BACKUP_DAYS = timezone.now(), 7
    settings.IS_PUBLIC, settings.EMAIL_BACKEND = True, "django.core.mail.backends.console.EmailBackend"
    person = make_person()
    OutgoingMail.objects.create(user=person, state="unclear")
    OutgoingMail.objects.create(user=person, due_at=now - 3 * HOUR)
    OutgoingMail.objects.create(user=person, due_at=now - HOUR)
    found = [
        "Mails of which nobody knows whether they went out: 1. The page “Operation” lists where.",
        "Mails are not sent but printed: set EMAIL_URL.",
    ]
    late = "Mails that wait longer than they should: 1. Does the mail server (EMAIL_URL) take them?"
    none = "No backup was made: run `manage.py backup FILE` every 7 days, or set BACKUP_DAYS=0."
    assert wrong_about_core() == [late, *found, none]
    note()
    Standstill.objects.create(pk=1)  # then mails wait as they should
    assert wrong_about_core() == found
    BackupNote.objects.update(made_at=now - 8 * 24 * HOUR)
    assert wrong_about_core() == [*found, "The last backup was made 8 days ago."]
    settings.BACKUP_DAYS = 0
    assert wrong_about_core() == found


def wrong_about_core() -> list[str]:
    with override("en"):
        lines = [*doctor._mails(), *doctor._backup()]
    return [line.sentence for line in lines if not line.is_well]


def test_without_a_database_the_rest_is_not_told(capsys, monkeypatch):
    def refuse():
        raise DatabaseError("no route to host")

    monkeypatch.setattr(doctor.connection, "ensure_connection", refuse)
    assert said(capsys, status=1)[1:] == ["WRONG The database cannot be reached: no route to host"]
