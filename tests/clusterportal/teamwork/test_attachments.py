"""Files of notes: what is kept, how it is handed out, when it goes."""

import stat
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from clusterportal.core import backup, kept_files
from clusterportal.core.kept_files import BadFile, kind_of
from clusterportal.history.erasure import erase, find_person
from clusterportal.history.person import Person
from clusterportal.history.unused_files import forget_unused_files
from clusterportal.teamwork.domain import attachments
from clusterportal.teamwork.domain.notes import write_note
from clusterportal.teamwork.models import Attachment, Note
from clusterportal.teamwork.models.note import FOLDER
from tests.clusterportal.teamwork.files import PDF, archive, file

pytestmark = pytest.mark.django_db


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.pdf", PDF, "application/pdf"),
        ("a.txt", PDF, "application/pdf"),  # by its content
        ("a.docx", archive("[Content_Types].xml", "word/document.xml"),
         "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.odt", archive(mimetype="application/vnd.oasis.opendocument.text"),
         "application/vnd.oasis.opendocument.text"),
        ("mail.eml", b"From: a@example.org\n\nHallo", "message/rfc822"),
        ("mail.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "application/vnd.ms-outlook"),
        ("a.png", b"\x89PNG\r\n\x1a\n", "image/png"),
        ("macro.docx", archive("word/document.xml", "word/vbaProject.bin"), ""),
        ("macro.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", ""),
        ("a.zip", archive("a.txt"), ""),
        ("page.html", b"<script>alert(1)</script>", ""),
        ("a.svg", b"<svg onload='x()'/>", ""),
        ("a.pdf", b"<html>", ""),
        ("leer.txt", b"", ""),
        ("binär.txt", b"a\x00b", ""),
        ("kaputt.docx", b"PK\x03\x04 broken", ""),
    ],
)  # fmt: skip
def test_what_is_kept_is_told_by_the_content(name, content, kind):
    try:
        found = kind_of(file(name, content))[0]
    except BadFile:
        found = ""
    assert found == kind


def test_too_large_and_too_many(team, monkeypatch):
    monkeypatch.setattr(kept_files, "MAX_BYTES", 5)
    with pytest.raises(BadFile, match="20 MB"):
        write_note(actor=team.actor, by=team.editor, text="x", uploads=[file()])
    monkeypatch.undo()
    monkeypatch.setattr(attachments, "MOST_OF_A_NOTE", 1)
    with pytest.raises(BadFile, match="1"):
        write_note(actor=team.actor, by=team.editor, text="x", uploads=[file(), file()])
    assert not Note.objects.exists()


def test_a_file_is_saved_and_never_shown(team):
    note = write_note(actor=team.actor, by=team.manager, text="x", uploads=[file("Vertrag Größe.pdf")])
    answer = signed_in(team.editor).get(reverse("admin:teamwork_note_file", args=[note.attachments.get().pk]))
    assert b"".join(answer.streaming_content) == PDF
    wanted = (
        "Content-Type",
        "Content-Disposition",
        "X-Content-Type-Options",
        "Content-Security-Policy",
        "Cache-Control",
    )
    assert [answer[name] for name in wanted] == [
        "application/pdf",
        "attachment; filename*=utf-8''Vertrag%20Gr%C3%B6%C3%9Fe.pdf",
        "nosniff",
        "default-src 'none'; sandbox",
        "max-age=0, no-cache, no-store, must-revalidate, private",
    ]
    with pytest.raises(ValueError):
        note.attachments.get().file.url  # noqa: B018 - no address leads to it
    file_ = note.attachments.get().file
    file_.storage.delete(file_.name)
    assert signed_in(team.editor).get(answer.request["PATH_INFO"]).status_code == 404


def test_files_of_no_use_go_after_a_month(team):
    note = write_note(actor=team.actor, by=team.manager, text="x", uploads=[file(), file("b.pdf")])
    gone, kept = note.attachments.all()
    gone.delete()
    assert forget_unused_files(Attachment) == 0
    assert forget_unused_files(Attachment, kept_for=timedelta(0)) == 1
    assert not gone.file.storage.exists(gone.file.name)
    assert kept.file.storage.exists(kept.file.name)


# ---------- people ----------
ADA = Person("Ada Licht", "ada@optik.example", "")


def test_a_file_that_names_an_erased_person_goes_with_all_that_is_known_of_it(
    team, django_capture_on_commit_callbacks
):
    by_content = file("liste.csv", b"name\nLicht, Ada\n")
    by_name = file("Vertrag Ada Licht.pdf")
    files = [by_content, by_name, file()]
    write_note(actor=team.actor, by=team.manager, text="Ada Licht ruft an", uploads=files)
    found = find_person(ADA)
    assert {one.title for key, one in found.items() if key.startswith("attachment:")} == {
        "liste.csv", "Vertrag Ada Licht.pdf",
    }  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        erase(person=ADA, keys=found, ground="request", by=team.administrator)
    assert [one.name for one in Attachment.objects.all()] == ["vertrag.pdf"]
    assert Note.objects.get().text == "[entfernt] ruft an"
    assert find_person(ADA) == {}


def test_a_file_of_a_deleted_note_that_names_a_person_is_found_and_deleted(
    team, django_capture_on_commit_callbacks
):
    note = write_note(actor=team.actor, by=team.manager, text="x", uploads=[file("a.txt", b"Ada Licht")])
    path = note.attachments.get().file.path
    note.delete()
    found = find_person(ADA)
    assert [(one.kind, one.detail) for one in found.values()] == [("Anhang", "einer gelöschten Notiz")]
    with django_capture_on_commit_callbacks(execute=True):
        erase(person=ADA, keys=found, ground="request", by=team.administrator)
    assert not Path(path).exists() and find_person(ADA) == {}


# ---------- backup ----------
def test_every_backup_takes_them_along(settings):
    assert settings.BACKED_UP[FOLDER].name == FOLDER


@pytest.mark.django_db(transaction=True)
def test_a_backup_brings_notes_back_with_their_files(team, settings, tmp_path):
    settings.BACKED_UP = {FOLDER: tmp_path / FOLDER}
    write_note(actor=team.actor, by=team.manager, text="Vertrag", uploads=[file()])
    path = Path(Attachment.objects.get().file.path)
    backup.backup(tmp_path / "registry.tar.gz")
    path.unlink()
    call_command("flush", interactive=False, verbosity=0)
    backup.restore(tmp_path / "registry.tar.gz")
    assert (Note.objects.get().text, Attachment.objects.get().file.read()) == ("Vertrag", PDF)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
