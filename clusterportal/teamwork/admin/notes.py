"""The pages of notes: those on one actor, one note to change, the files."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST

from actors.models import Actor
from clusterportal.core.admin_page import admin_page
from clusterportal.core.downloads import as_download
from clusterportal.core.kept_files import BadFile
from clusterportal.core.sent_numbers import sent_number
from clusterportal.teamwork.domain.notes import (
    change_note,
    colleagues,
    delete_note,
    remove_attachment,
    settle,
    write_note,
)
from clusterportal.teamwork.forms import NoteForm
from clusterportal.teamwork.models import Attachment, Note, OutgoingMail
from clusterportal.teamwork.rules import (
    can_change_note,
    can_read_notes,
    can_write_letters,
    can_write_notes,
    changes_notes_of,
)

NOTES_A_PAGE, LETTERS_SHOWN = 20, 10


@csrf_protect
def notes_of(request, pk: int):
    """The notes on an actor, the newest first, and the form for another one."""
    actor = get_object_or_404(Actor, pk=pk)
    if not can_read_notes(request.user, actor):
        raise PermissionDenied
    may_write = can_write_notes(request.user, actor)
    form = _form(request, actor)
    if request.method == "POST":
        if not may_write:
            raise PermissionDenied
        if form.is_valid() and _saves(
            form, lambda: write_note(actor=actor, by=request.user, **form.cleaned_data)
        ):
            messages.success(request, _("Your note is kept. Nobody outside of the teams can read it."))
            return redirect("admin:teamwork_note_of", actor.pk)
    notes = actor.internal_notes.select_related("author", "assignee", "done_by").prefetch_related(
        "attachments"
    )
    page = Paginator(notes, NOTES_A_PAGE).get_page(request.GET.get("page"))
    may_change = changes_notes_of(request.user, actor)
    context = {
        "actor": actor,
        "notes": page,
        "rows": [{"note": note, "may_change": may_change(note)} for note in page],
        "form": form if may_write else None,
        "letters": _letters_to(actor) if can_write_letters(request.user) else [],
    }
    return _page(request, "admin/teamwork/notes.html", _("Notes"), context)


@csrf_protect
def change(request, object_id):
    """One note, to be changed or deleted by who may."""
    note = _note(object_id)
    if not can_read_notes(request.user, note.actor) or not can_change_note(request.user, note):
        raise PermissionDenied
    initial = {"text": note.text, "due_on": note.due_on, "assignee": note.assignee_id}
    form = _form(request, note.actor, initial=initial)
    if request.method == "POST":
        if "delete" in request.POST:
            delete_note(note=note, by=request.user)
            messages.success(
                request, _("The note is deleted. In the history of the actor it can be brought back.")
            )
            return redirect(note.get_absolute_url())
        if form.is_valid() and _saves(
            form, lambda: change_note(note=note, by=request.user, **form.cleaned_data)
        ):
            messages.success(request, _("The note is changed."))
            return redirect(note.get_absolute_url())
    context = {"note": note, "actor": note.actor, "form": form, "files": note.attachments.all()}
    return _page(request, "admin/teamwork/note.html", _("Change a note"), context)


@csrf_protect
@require_POST
def settle_note(request, pk: int):
    """Mark a follow-up as done, or open it again, and go back to where the person was."""
    note = _note(pk)
    if not can_write_notes(request.user, note.actor):
        raise PermissionDenied
    settle(notes=Note.objects.filter(pk=note.pk), by=request.user, is_done="done" in request.POST)
    back = request.POST.get("back", "")
    is_own = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return redirect(back if is_own else note.get_absolute_url())


def download(request, pk: int):
    """A file for those who may read its note."""
    attachment = get_object_or_404(Attachment.objects.select_related("actor"), pk=pk)
    if not can_read_notes(request.user, attachment.actor):
        raise PermissionDenied
    return as_download(attachment)


@csrf_protect
@require_POST
def remove_file(request, pk: int):
    attachment = get_object_or_404(Attachment.objects.select_related("note__actor"), pk=pk)
    remove_attachment(attachment=attachment, by=request.user)
    messages.success(request, _("“%(file)s” is removed.") % {"file": attachment.name})
    return redirect(reverse("admin:teamwork_note_change", args=[attachment.note_id]))


def _note(pk) -> Note:
    """Keys of the address are words until now."""
    return get_object_or_404(Note.objects.select_related("actor"), pk=sent_number(pk))


def _form(request, actor: Actor, **options) -> NoteForm:
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    return NoteForm(*sent, colleagues=colleagues(actor=actor, user=request.user), **options)


def _saves(form: NoteForm, save) -> bool:
    """Whether it is written; a file that is not kept is told at its field, and nothing is written."""
    try:
        save()
    except BadFile as refused:
        form.add_error("uploads", str(refused))
        return False
    return True


def _letters_to(actor: Actor) -> list[OutgoingMail]:
    mails = OutgoingMail.objects.filter(actor=actor, letter__isnull=False)
    return list(mails.select_related("letter__by").order_by("-pk")[:LETTERS_SHOWN])


def _page(request, template: str, title: str, context: dict):
    return admin_page(request, template, {"title": title, "opts": Note._meta, **context})
