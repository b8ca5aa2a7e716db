"""The history in the admin: the page of one record, the list of all changes, bringing a version back."""

import datetime
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect
from django.urls import NoReverseMatch, path, reverse
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminDateWidget, UnfoldAdminSelectWidget

from clusterportal.core.admin import PortalAdmin
from clusterportal.core.admin_page import admin_page
from clusterportal.core.form_choices import offer
from clusterportal.history import restore
from clusterportal.history.admin.act_pages import shown_to
from clusterportal.history.admin.taking_back import TakingBack
from clusterportal.history.changes import DELETE, Source, may_see, read_one, sources_for
from clusterportal.history.foreign_keys import foreign_keys
from clusterportal.history.models import Revision
from clusterportal.history.wording import differences_between, label_of_kind
from clusterportal.tables.admin import ExportsList

MOST_PEOPLE = 500  # accounts that the filter offers
NOBODY = "-"  # the filter value for changes that no account made


class RecordedAdmin(ExportsList, PortalAdmin):
    """Base for records with history: the standard history page shows every change, whoever made it."""

    delete_confirmation_template = "admin/history/delete.html"
    delete_selected_confirmation_template = "admin/history/delete_selected.html"

    def history_sources(self, request, object_id: str) -> list[Source]:
        """The events that the history page of a record shows."""
        return [Source(self.model, Q(pgh_obj=object_id))] if may_see(request.user, self.model) else []

    def history_view(self, request, object_id, extra_context=None):
        record = self.get_object(request, object_id)
        if record is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, record):
            raise PermissionDenied
        context = {
            "title": gettext("History"),
            "opts": self.opts,
            "original": record,
            **shown_to(request, self.history_sources(request, object_id)),
            **(extra_context or {}),
        }
        return admin_page(request, "admin/history/record.html", context)


class ChangeFilterForm(forms.Form):
    """What narrows the list of all changes; a value that makes no sense is named and ignored."""

    kind = forms.ChoiceField(label=_("Kind of record"), required=False, widget=UnfoldAdminSelectWidget)
    person = forms.ChoiceField(label=_("Person"), required=False, widget=UnfoldAdminSelectWidget)
    since = forms.DateField(
        label=pgettext_lazy("date", "From"),
        required=False,
        widget=UnfoldAdminDateWidget(attrs={"type": "date"}),
    )
    until = forms.DateField(
        label=pgettext_lazy("date", "To"),
        required=False,
        widget=UnfoldAdminDateWidget(attrs={"type": "date"}),
    )

    def __init__(self, data, *, sources: list[Source]):
        super().__init__(data)
        self.sources = sources
        labels = sorted((label_of_kind(source.model), source.kind) for source in sources)
        people = get_user_model().objects.filter(Q(is_staff=True) | ~Q(role="")).order_by("username")
        staff = people.values_list("username", flat=True)[:MOST_PEOPLE]
        offer(
            self,
            kind=[("", _("All")), *((kind, label) for label, kind in labels)],
            person=[("", _("All")), *((name, name) for name in staff), (NOBODY, _("Nobody signed in"))],
        )

    def narrowed_sources(self) -> list[Source]:
        """The sources under the filters that hold a valid value."""
        self.is_valid()
        asked = self.cleaned_data
        chosen = [source for source in self.sources if not asked.get("kind") or source.kind == asked["kind"]]
        return [source.narrowed(self._condition(asked)) for source in chosen]

    def _condition(self, asked: dict) -> Q:
        condition = Q()
        if person := asked.get("person"):
            name = "pgh_context__metadata__username"
            nobody = Q(pgh_context=None) | Q(**{f"{name}__isnull": True}) | Q(**{name: ""})
            condition &= nobody if person == NOBODY else Q(**{name: person})
        if since := asked.get("since"):
            condition &= Q(pgh_created_at__gte=_midnight(since))
        if (until := asked.get("until")) and until < datetime.date.max:
            condition &= Q(pgh_created_at__lt=_midnight(until + datetime.timedelta(days=1)))
        return condition


def _midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))


@admin.register(Revision)
class ChangesAdmin(PortalAdmin):
    """All changes of all records that the reader may see, and the way back to an earlier version."""

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("", view(self.changes_view), name="history_revision_changelist"),
            path("restore/<str:kind>/<int:event_id>/", view(self.restore_view), name="history_restore"),
            path("undo/<uuid:act_id>/", view(self.undo_view), name="history_undo"),
        ]

    def get_model_perms(self, request):
        return {}  # the navigation leads here; as a model of its own the revision has nothing to edit

    def changes_view(self, request):
        sources = sources_for(request.user)
        if not sources:
            raise PermissionDenied
        form = ChangeFilterForm(request.GET or None, sources=sources) if request.GET else None
        form = form or ChangeFilterForm({}, sources=sources)
        context = {
            "title": gettext("Changes"),
            "form": form,
            **shown_to(request, form.narrowed_sources()),
        }
        return admin_page(request, "admin/history/all.html", context)

    def undo_view(self, request, act_id: UUID):
        return TakingBack(self.admin_site, request, act_id).respond()

    def restore_view(self, request, kind: str, event_id: int):
        """Show what bringing the version back would change; do it when that was confirmed."""
        change = read_one(kind, min(event_id, 2**31 - 1), user=request.user)
        if change is None:
            raise Http404
        if not restore.can_restore_version(request.user, change):
            raise PermissionDenied
        if request.method == "POST":
            return self._restore(request, change)
        context = {
            "title": gettext("Restore a version"),
            "change": change,
            "differences": _what_restoring_changes(change),
            "back": _history_of_record(change),
        }
        return admin_page(request, "admin/history/restore.html", context)

    def _restore(self, request, change):
        try:
            record = restore.restore(change, by=request.user)
        except restore.CannotRestore as error:
            messages.error(request, gettext("Nothing was restored: %(reason)s") % {"reason": error})
        else:
            messages.success(request, gettext("“%(record)s” is restored.") % {"record": record})
        return redirect(_history_of_record(change))


def _what_restoring_changes(change) -> list:
    current = change.model._base_manager.filter(pk=change.pk).first()
    columns = [column.attname for column in restore.restored_columns(change.model)]
    now = {name: _plain(getattr(current, name)) for name in columns} if current else None
    then = {name: change.row[name] for name in columns if name in change.row}
    return differences_between(change.model, now, then, change.references)


def _plain(value):
    return value.name if hasattr(value, "storage") else value


def page_of_record(change) -> str:
    """The form of the changed record, or of the one it is a part of; empty where none is left."""
    meta, row = change.model._meta, change.row
    own = [] if change.operation == DELETE else [(meta, change.pk)]
    owners = [(f.related_model._meta, row.get(f.attname)) for f in foreign_keys(change.model)]
    for meta, pk in [*own, *owners]:
        if pk is not None:
            try:
                return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[pk])
            except NoReverseMatch:
                continue  # a part without a page of its own
    return ""


def _history_of_record(change) -> str:
    """Where the change is shown: the history of its record, or of the record it is a part of."""
    owners = [(change.model, change.pk)]
    owners += [(f.related_model, change.row.get(f.attname)) for f in foreign_keys(change.model)]
    for model, pk in owners:
        if pk is None or not model._base_manager.filter(pk=pk).exists():
            continue
        try:
            return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_history", args=[pk])
        except NoReverseMatch:
            continue  # a part without a page of its own
    return reverse("admin:history_revision_changelist")
