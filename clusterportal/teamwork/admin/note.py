"""The list of notes, with everybody's follow-ups; the pages of notes hang below it."""

from collections.abc import Callable
from typing import cast

from django.contrib import admin, messages
from django.template.loader import render_to_string
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.contrib.filters.admin import DropdownFilter
from unfold.decorators import display

from clusterportal.core.admin import ReadOnlyAdmin
from clusterportal.history.admin import RecordedAdmin
from clusterportal.teamwork.admin import board, notes
from clusterportal.teamwork.domain.notes import settle
from clusterportal.teamwork.forms import named
from clusterportal.teamwork.models import Note
from clusterportal.teamwork.querysets import NoteQuerySet
from clusterportal.teamwork.rules import can_change_note, can_read_notes, can_write_notes

OPEN, OVERDUE, DONE = "open", "overdue", "done"


class FollowUpFilter(DropdownFilter):
    title = _("follow-up")
    parameter_name = "follow_up"

    def lookups(self, request, model_admin):
        return [(OPEN, _("Open")), (OVERDUE, _("Overdue")), (DONE, _("Done"))]

    def queryset(self, request, queryset):
        chosen = {OPEN: queryset.open, OVERDUE: queryset.overdue, DONE: queryset.done}.get(self.value())
        return chosen() if chosen else queryset


class PersonFilter(DropdownFilter):
    title = _("person")
    parameter_name = "whose"

    def lookups(self, request, model_admin):
        return [
            ("mine", _("For me")),
            ("nobody", _("For nobody in particular")),
            ("by_me", _("Written by me")),
        ]

    def queryset(self, request, queryset):
        narrow = {
            "mine": {"assignee": request.user},
            "nobody": {"assignee": None},
            "by_me": {"author": request.user},
        }
        return queryset.filter(**narrow.get(self.value(), {}))


@admin.register(Note)
class NoteAdmin(ReadOnlyAdmin, RecordedAdmin):
    list_display = ["said", "about", "due", "whose", "written"]
    list_display_links = None
    list_filter = [FollowUpFilter, PersonFilter]
    list_filter_submit = False
    list_before_template = ""  # notes leave the portal in no table
    list_select_related = ["actor", "author", "assignee"]
    search_fields = ["text", "actor__name", "actor__sort_key"]
    ordering = ["due_on", "-created_at", "-pk"]  # overdue first, what has no date last
    actions = ["finish", "reopen"]

    def get_urls(self):
        own: dict[str, tuple[str, Callable]] = {  # route: name and view
            "board/": ("board", board.show_board),
            "rhythm/": ("rhythm", board.set_own_rhythm),
            "of/<int:pk>/": ("of", notes.notes_of),
            "<int:pk>/settle/": ("settle", notes.settle_note),
            "file/<int:pk>/": ("file", notes.download),
            "file/<int:pk>/remove/": ("file_remove", notes.remove_file),
        }
        return [
            path(route, self.admin_site.admin_view(view), name=f"teamwork_note_{name}")
            for route, (name, view) in own.items()
        ] + super().get_urls()

    # ---------- who ----------
    def get_queryset(self, request):
        return cast(NoteQuerySet, super().get_queryset(request)).visible_to(request.user)

    def has_view_permission(self, request, obj=None):
        return can_read_notes(request.user, obj.actor if obj else None)

    def has_delete_permission(self, request, obj=None):
        """Also asked when an actor is deleted, with which its notes go."""
        return can_change_note(request.user, obj) if obj else can_write_notes(request.user)

    def has_module_permission(self, request):
        return can_read_notes(request.user)

    def has_export_permission(self, request) -> bool:
        return False

    def has_settle_permission(self, request) -> bool:
        return can_write_notes(request.user)

    # ---------- the list ----------
    @display(description=_("Note"))
    def said(self, note):
        return render_to_string("admin/teamwork/_said.html", {"note": note})

    @display(description=_("Actor"), ordering="actor__sort_key")
    def about(self, note):
        return render_to_string("admin/quality/_actor.html", {"actor": note.actor})

    @display(description=_("Follow up on"), ordering="due_on")
    def due(self, note):
        return render_to_string("admin/teamwork/_due.html", {"note": note})

    @display(description=_("For whom"), ordering="assignee__username", empty_value="–")
    def whose(self, note):
        return named(note.assignee) if note.assignee else None

    @display(description=_("Written by"), ordering="-created_at", empty_value="–")
    def written(self, note):
        return render_to_string("admin/teamwork/_written.html", {"note": note})

    @admin.action(description=_("Mark as done"), permissions=["settle"])
    def finish(self, request, queryset):
        count = settle(notes=queryset, by=request.user, is_done=True)
        text = ngettext("%(count)d follow-up is done.", "%(count)d follow-ups are done.", count)
        messages.success(request, text % {"count": count})

    @admin.action(description=_("Reopen"), permissions=["settle"])
    def reopen(self, request, queryset):
        count = settle(notes=queryset, by=request.user, is_done=False)
        text = ngettext("%(count)d follow-up is open again.", "%(count)d follow-ups are open again.", count)
        messages.success(request, text % {"count": count})

    # ---------- one note ----------
    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        return notes.change(request, object_id)
