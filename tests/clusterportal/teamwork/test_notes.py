"""Notes, follow-ups and files: kept for those who work with the actor, and for nobody else."""

import stat
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from actors.models import Actor
from clusterportal.history.changes import sources_for, versions_of
from clusterportal.history.unused_files import forget_unused_files
from clusterportal.quality.domain.merging import merge
from clusterportal.teamwork.domain.notes import colleagues, settle, write_note
from clusterportal.teamwork.models import Attachment, Note
from tests.admin_pages import queries_of
from tests.clusterportal.teamwork.files import PDF, file
from tests.factories import make_actor

pytestmark = pytest.mark.django_db
WORDS = "Geheime Rabatte besprochen"


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page_of(actor) -> str:
    return reverse("admin:teamwork_note_of", args=[actor.pk])


# ---------- writing ----------
def test_a_note_with_file_day_and_colleague_is_kept(team):
    tomorrow = timezone.localdate() + timedelta(days=1)
    sent = {
        "text": WORDS,
        "due_on": tomorrow.isoformat(),
        "assignee": team.manager.pk,
        "uploads": [file(), file("../../böse\x07.txt", b"ok")],
    }
    assert signed_in(team.editor).post(page_of(team.actor), sent).status_code == 302
    note = Note.objects.get()
    assert (note.author, note.text, note.due_on, note.assignee) == (
        team.editor,
        WORDS,
        tomorrow,
        team.manager,
    )
    kept = [(one.name, one.media_type, one.size) for one in note.attachments.all()]
    assert kept == [("vertrag.pdf", "application/pdf", len(PDF)), ("böse.txt", "text/plain", 2)]
    path = Path(note.attachments.first().file.path)
    assert (stat.S_IMODE(path.stat().st_mode), "vertrag" in path.name) == (0o600, False)


def test_a_note_needs_words_and_a_colleague_of_the_team(team):
    client = signed_in(team.editor)
    answers = [
        client.post(page_of(team.actor), {"text": "  "}),
        client.post(page_of(team.actor), {"text": "x", "assignee": team.stranger.pk}),
        client.post(page_of(team.actor), {"text": "x", "due_on": "irgendwann"}),
        client.post(page_of(team.actor), {"text": "x", "uploads": [file("a.exe", b"MZ\x00\x01")]}),
    ]
    assert [list(answer.context["form"].errors) for answer in answers] == [
        ["text"], ["assignee"], ["due_on"], ["uploads"],
    ]  # fmt: skip
    assert not Note.objects.exists()  # also not the one whose file was refused
    assert set(colleagues(actor=team.actor, user=team.editor)) == {team.manager, team.editor}


# ---------- follow-ups ----------
def test_done_and_open_again(team):
    note = write_note(actor=team.actor, by=team.editor, text="Anrufen", assignee=team.manager)
    address = reverse("admin:teamwork_note_settle", args=[note.pk])
    client = signed_in(team.manager)
    assert (
        client.post(address, {"done": 1, "back": "/admin/teamwork/note/board/"}).url
        == "/admin/teamwork/note/board/"
    )
    note.refresh_from_db()
    assert (note.done_by, note.is_open) == (team.manager, False)
    assert client.post(address, {"reopen": 1, "back": "https://evil.example/"}).url == page_of(team.actor)
    note.refresh_from_db()
    assert (note.done_at, note.done_by, note.is_open) == (None, None, True)


def test_the_list_begins_with_what_is_overdue_and_acts_on_many(team):
    today = timezone.localdate()
    days = {"später": today + timedelta(days=3), "heute": today, "überfällig": today - timedelta(days=3)}
    for text, day in days.items():
        write_note(actor=team.actor, by=team.editor, text=text, due_on=day, assignee=team.manager)
    write_note(actor=team.actor, by=team.editor, text="nur gesagt")
    write_note(actor=team.foreign, by=team.stranger, text="fremd", assignee=team.stranger)
    client = signed_in(team.manager)

    def shown(query: str) -> list[str]:
        return [note.text for note in client.get(f"/admin/teamwork/note/?{query}").context["cl"].result_list]

    assert shown("follow_up=open&whose=mine") == ["überfällig", "heute", "später"]
    assert shown("follow_up=overdue") == ["überfällig"]
    assert shown("") == ["überfällig", "heute", "später", "nur gesagt"]
    keys = list(Note.objects.values_list("pk", flat=True))
    client.post("/admin/teamwork/note/", {"action": "finish", "_selected_action": keys})
    assert shown("follow_up=open") == []
    assert Note.objects.open().count() == 1  # of the other cluster
    assert settle(notes=Note.objects.all(), by=team.viewer, is_done=True) == 0


# ---------- who ----------
def test_each_path_asks_who_it_is(team):
    note = write_note(actor=team.actor, by=team.manager, text=WORDS, assignee=team.editor, uploads=[file()])
    attachment = note.attachments.get()
    read = [
        page_of(team.actor),
        reverse("admin:teamwork_note_file", args=[attachment.pk]),
    ]
    change = [reverse("admin:teamwork_note_change", args=[note.pk])]
    settle_, remove = (
        reverse("admin:teamwork_note_settle", args=[note.pk]),
        reverse("admin:teamwork_note_file_remove", args=[attachment.pk]),
    )
    inside = {"manager": (200, 200), "editor": (200, 403), "administrator": (200, 200)}
    for name in ("manager", "editor", "administrator", "stranger", "viewer"):
        client = signed_in(getattr(team, name))
        reads, changes = inside.get(name, (403, 403))
        assert {client.get(address).status_code for address in read} == {reads}, name
        assert {client.get(address).status_code for address in change} == {changes}, name
        if reads == 403:
            assert {
                client.post(one, {"text": "x", "done": 1}).status_code for one in [*read[:1], settle_]
            } == {403}
        if changes == 403:
            assert {
                client.post(one, {"text": "x", "delete": 1}).status_code for one in [*change, remove]
            } == {403}
    assert Client().get(read[0]).status_code == 302
    assert signed_in(team.manager).get(settle_).status_code == 405
    assert Note.objects.get().text == WORDS and Attachment.objects.count() == 1
    for person in (team.viewer, team.stranger):
        with pytest.raises(PermissionDenied):
            write_note(actor=team.actor, by=person, text="x")


def test_no_page_no_export_no_api_and_no_search_knows_a_note(team):
    write_note(actor=team.actor, by=team.manager, text=WORDS, uploads=[file(f"{WORDS}.pdf")])
    slug, client = team.actor.slug, signed_in(team.administrator)
    addresses = [
        f"/de/akteure/{slug}/", f"/api/v1/actors/{slug}/", "/api/v1/actors/?q=Rabatte", "/de/akteure/?q=Rabatte",
        "/api/v1/actors/export.csv", "/admin/actors/actor/export/?format=json", "/admin/actors/actor/?q=Rabatte",
    ]  # fmt: skip
    for address in addresses:
        answer = client.get(address, follow=True)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        found = content.decode().count(WORDS)
        assert found == 0, address
    assert client.get("/admin/teamwork/note/export/").status_code == 403
    anonymous = Client().get(f"/media/{Attachment.objects.get().file.name}")
    assert anonymous.status_code == 404


def test_history_shows_notes_to_those_who_may_read_them(team):
    write_note(actor=team.actor, by=team.manager, text=WORDS)
    address = reverse("admin:actors_actor_history", args=[team.actor.pk])
    assert WORDS in signed_in(team.editor).get(address).content.decode()
    assert WORDS not in signed_in(team.viewer).get(address).content.decode()
    everything = "/admin/history/revision/"
    assert WORDS in signed_in(team.editor).get(everything).content.decode()
    assert WORDS not in signed_in(team.stranger).get(everything).content.decode()
    assert Note not in [source.model for source in sources_for(team.viewer)]


# ---------- what becomes of them ----------
def test_a_deleted_actor_comes_back_with_its_notes_and_files(team):
    note = write_note(actor=team.actor, by=team.manager, text=WORDS, uploads=[file()])
    client = signed_in(team.manager)
    client.post(reverse("admin:actors_actor_delete", args=[team.actor.pk]), {"post": "yes"})
    assert not Note.objects.exists()
    forget_unused_files(Attachment)
    event = versions_of(Actor).filter(pgh_obj_id=team.actor.pk, pgh_label="delete").get()
    client.post(reverse("admin:history_restore", args=["actors.actor", event.pgh_id]))
    assert Note.objects.get().text == note.text
    assert Attachment.objects.get().file.read() == PDF


def test_a_merged_actor_brings_its_notes_along(team):
    twin = make_actor("Optik Nord GmbH", clusters=[team.ours])
    write_note(actor=twin, by=team.manager, text=WORDS, uploads=[file()])
    merge(kept=team.actor, merged=twin, choices={}, by=team.manager)
    assert (Note.objects.get().actor, Attachment.objects.get().actor) == (team.actor, team.actor)


def test_changed_deleted_and_brought_back(team):
    note = write_note(actor=team.actor, by=team.manager, text="alt", uploads=[file()])
    client, address = signed_in(team.manager), reverse("admin:teamwork_note_change", args=[note.pk])
    assert client.post(address, {"text": "neu", "due_on": "2030-01-02"}).status_code == 302
    note.refresh_from_db()
    assert (note.text, note.due_on.isoformat(), note.is_open) == ("neu", "2030-01-02", True)
    assert 'value="2030-01-02"' in client.get(address).content.decode()
    client.post(address, {"delete": 1})
    event = versions_of(Note).filter(pgh_label="delete").get()
    client.post(reverse("admin:history_restore", args=["teamwork.note", event.pgh_id]))
    assert Note.objects.get().text == "neu" and Attachment.objects.exists()


def test_queries_do_not_grow_with_notes(team):
    def add(count: int) -> None:
        for number in range(count):
            write_note(
                actor=team.actor, by=team.editor, text=str(number), assignee=team.manager, uploads=[file()]
            )

    client = signed_in(team.manager)
    addresses = [page_of(team.actor), "/admin/teamwork/note/"]
    add(1)
    few = [queries_of(client, address) for address in addresses]
    add(6)
    assert [queries_of(client, address) for address in addresses] == few
    assert max(few) <= 15
