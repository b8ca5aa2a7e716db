"""Imports in the admin: the list of them, the addresses of the steps, the mappings that people saved."""

from collections.abc import Callable
from typing import cast

from django.contrib import admin
from django.http import Http404
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import path
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RelatedDropdownFilter
from unfold.decorators import display

from clusterportal.core.admin import PortalAdmin
from clusterportal.core.sent_numbers import sent_number
from clusterportal.imports.domain.nouns import importer_for
from clusterportal.imports.models import ImportProfile, ImportRun
from clusterportal.imports.querysets import ImportProfileQuerySet, ImportRunQuerySet
from clusterportal.imports.rules import may_change_profile, nouns_of
from clusterportal.imports.views import choices, columns, duplicates, preview, result, steps, tables
from clusterportal.imports.views.pages import address, run_of, step_of
from clusterportal.imports.views.shown_rows import LOSSES, NORMALISED, TABS


@admin.register(ImportRun)
class ImportRunAdmin(PortalAdmin):
    list_display = ["shown_file", "noun", "by", "created_at", "shown_state", "shown_counts"]
    list_filter = [
        ("state", ChoicesDropdownFilter),
        ("noun", ChoicesDropdownFilter),
        ("by", RelatedDropdownFilter),
    ]
    list_select_related = ["by"]
    list_per_page = 30
    search_fields = ["file_name"]
    list_before_template = "admin/imports/_profiles_link.html"
    actions = None

    def get_urls(self):
        own: dict[str, tuple[str, Callable]] = {  # route: name and view
            "<int:pk>/read/": ("read", steps.read),
            "<int:pk>/columns/": ("columns", columns.columns),
            "<int:pk>/values/": ("values", columns.values),
            "<int:pk>/preview/": ("preview", preview.preview),
            "<int:pk>/decide/": ("decide", choices.decide),
            "<int:pk>/row/<int:number>/": ("row", choices.row),
            "<int:pk>/confirm/": ("confirm", choices.confirm),
            "<int:pk>/again/": ("again", preview.again),
            "<int:pk>/result/": ("result", result.result),
            "<int:pk>/undo/": ("undo", result.undo),
            "<int:pk>/over/": ("over", result.over),
            "<int:pk>/duplicates/": ("duplicates", duplicates.duplicates),
            "<int:pk>/report.<str:ending>": ("report", tables.report),
            "<int:pk>/invalid.<str:ending>": ("invalid", tables.invalid),
        }
        return [
            path(route, self.admin_site.admin_view(view), name=f"imports_importrun_{name}")
            for route, (name, view) in own.items()
        ] + super().get_urls()

    def get_queryset(self, request):
        return cast(ImportRunQuerySet, super().get_queryset(request)).visible_to(request.user)

    def has_module_permission(self, request):
        return bool(nouns_of(request.user))

    def has_view_permission(self, request, obj=None):
        return bool(nouns_of(request.user))

    def has_add_permission(self, request):
        return bool(nouns_of(request.user))

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def add_view(self, request, form_url="", extra_context=None):
        return steps.upload(request)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if (key := sent_number(object_id)) is None:
            raise Http404
        run = run_of(request, key)
        return redirect(address(step_of(run), run))

    def history_view(self, request, object_id, extra_context=None):
        return self.change_view(request, object_id)

    @display(description=_("File"), ordering="file_name")
    def shown_file(self, run):
        return run.file_name

    @display(description=_("State"), ordering="state")
    def shown_state(self, run):
        return _("Interrupted") if run.is_interrupted else run.get_state_display()

    @display(description=_("Rows"))
    def shown_counts(self, run):
        shown = [
            (label, run.counts.get(name)) for name, label in TABS.items() if name not in (NORMALISED, LOSSES)
        ]
        return " · ".join(f"{label} {count}" for label, count in shown if count)


@admin.register(ImportProfile)
class ImportProfileAdmin(PortalAdmin):
    """Saved mappings can be looked at, renamed, shared and thrown away; they are made on the page of the columns."""

    list_display = ["name", "noun", "shown_width", "is_shared", "by", "updated_at"]
    list_filter = [("noun", ChoicesDropdownFilter), "is_shared"]
    list_select_related = ["by"]
    fields = ["name", "is_shared", "noun", "shown_columns", "by", "updated_at"]
    readonly_fields = ["noun", "shown_columns", "by", "updated_at"]
    search_fields = ["name"]

    def get_queryset(self, request):
        return cast(ImportProfileQuerySet, super().get_queryset(request)).visible_to(request.user)

    def has_module_permission(self, request):
        return bool(nouns_of(request.user))

    def has_add_permission(self, request):
        return False

    def has_view_permission(self, request, obj=None):
        return bool(nouns_of(request.user))

    def has_change_permission(self, request, obj=None):
        return bool(nouns_of(request.user)) and (obj is None or may_change_profile(request.user, obj))

    def has_delete_permission(self, request, obj=None):
        return self.has_change_permission(request, obj)

    @display(description=_("Columns"))
    def shown_width(self, profile):
        return len(_mapped(profile))

    @display(description=_("What the columns mean"))
    def shown_columns(self, profile):
        return render_to_string("admin/imports/_mapping.html", {"mapped": _mapped(profile)})


def _mapped(profile: ImportProfile) -> list[tuple[str, str]]:
    """The headings that a saved mapping knows, and the fields that they mean."""
    label = importer_for(profile.noun).label
    mapping = profile.options.get("mapping", {})
    return [(heading, str(label(column))) for heading, column in mapping.items() if column]
