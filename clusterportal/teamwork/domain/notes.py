"""What colleagues do with notes: write, change, finish, reopen, delete."""

from datetime import date

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from actors.models import Actor
from clusterportal.teamwork.domain.attachments import keep
from clusterportal.teamwork.models import Attachment, Note
from clusterportal.teamwork.rules import can_change_note, can_write_notes


def colleagues(*, actor: Actor, user) -> QuerySet:
    """Whom a follow-up can be for: the teams of the actor's clusters, and oneself."""
    of_team = Q(team_memberships__cluster__memberships__actor=actor)
    people = get_user_model().objects.filter(of_team | Q(pk=user.pk), is_active=True, is_staff=True)
    return people.distinct().order_by("last_name", "username")


@transaction.atomic
def write_note(*, actor: Actor, by, text: str, due_on: date | None = None, assignee=None, uploads=()) -> Note:
    """A new note, with the files that belong to it. Raises PermissionDenied, BadFile."""
    if not can_write_notes(by, actor):
        raise PermissionDenied
    note = Note.objects.create(actor=actor, author=by, text=text, due_on=due_on, assignee=assignee)
    for file in uploads:
        keep(file=file, note=note)
    return note


@transaction.atomic
def change_note(*, note: Note, by, text: str, due_on: date | None, assignee, uploads=()) -> None:
    """Change what a note says and asks for; `uploads` are added. Raises PermissionDenied, BadFile."""
    if not can_change_note(by, note):
        raise PermissionDenied
    note.text, note.due_on, note.assignee = text, due_on, assignee
    note.save(update_fields=["text", "due_on", "assignee"])
    for file in uploads:
        keep(file=file, note=note)


def settle(*, notes: QuerySet[Note], by, is_done: bool) -> int:
    """Finish or reopen follow-ups; returns how many. Notes out of the person's reach stay as they are."""
    if not can_write_notes(by):
        return 0
    reached = Note.objects.visible_to(by).filter(pk__in=notes.values("pk"))
    if is_done:
        return reached.open().update(done_at=timezone.now(), done_by=by)
    return reached.done().update(done_at=None, done_by=None)


def delete_note(*, note: Note, by) -> None:
    """Its files stay for some weeks, so that it can be brought back with them. Raises PermissionDenied."""
    if not can_change_note(by, note):
        raise PermissionDenied
    note.delete()


def remove_attachment(*, attachment: Attachment, by) -> None:
    """As `delete_note`, for one file."""
    if not can_change_note(by, attachment.note):
        raise PermissionDenied
    attachment.delete()
