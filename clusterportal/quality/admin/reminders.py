"""The list of reminders, and of actors that did not answer."""

from django.contrib import admin
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import DropdownFilter
from unfold.decorators import display

from actors.rules import can_see_contacts
from clusterportal.quality.admin.base import FindingsAdmin
from clusterportal.quality.domain.reminders import unanswered
from clusterportal.quality.models import Reminder

SILENT = "silent"


class AnswerFilter(DropdownFilter):
    title = _("answer")
    parameter_name = "answer"

    def lookups(self, request, model_admin):
        return [
            ("yes", _("Answered")),
            ("no", _("Not answered")),
            (SILENT, _("Three letters without an answer")),
        ]

    def queryset(self, request, queryset):
        if self.value() == SILENT:
            return queryset.filter(actor__in=unanswered().values("pk"))
        if self.value() in ("yes", "no"):
            return queryset.filter(answered_at__isnull=self.value() == "no")
        return queryset


@admin.register(Reminder)
class ReminderAdmin(FindingsAdmin):
    list_display = ["sent_at", "named", "to", "answered_at"]
    list_display_links = ["sent_at"]
    list_filter = [AnswerFilter]
    list_select_related = ["actor"]
    search_fields = ["actor__name"]
    ordering = ["-sent_at", "-pk"]
    nothing = _("No reminders were sent so far.")

    def get_list_display(self, request):
        """An address is a person's."""
        shown = super().get_list_display(request)
        return shown if can_see_contacts(request.user) else [name for name in shown if name != "to"]

    def get_exclude(self, request, obj=None):
        return [] if can_see_contacts(request.user) else ["to"]

    @display(description=_("Actor"), ordering="actor__sort_key")
    def named(self, reminder):
        return render_to_string("admin/quality/_actor.html", {"actor": reminder.actor})
