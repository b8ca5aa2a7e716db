"""Cooperation projects in the admin: for the team of the leading cluster."""

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.contrib.filters.admin import ChoicesDropdownFilter, DropdownFilter
from unfold.decorators import display

from actors.models import Actor
from clusterportal.clusters.record_admin import ClusterRecordAdmin, OwnDropdownFilter
from clusterportal.core.admin import NamedForm, PartInline, fieldset, side_by_side
from clusterportal.network.enums import ProjectStatus
from clusterportal.network.models import CooperationProject, ProjectPartner
from clusterportal.network.resources import LINKS, ProjectResource, parts_of
from layers.admin import LayerBoxes


class ProjectForm(NamedForm):
    named_by = "title"


class PartnerInline(PartInline):
    """The actors of a project: those that everybody sees, and those that the person works with."""

    model = ProjectPartner
    fields = ["actor", "role"]
    autocomplete_fields = ["actor"]
    hide_title = False

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("actor")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.related_model is Actor:
            kwargs["queryset"] = Actor.objects.visible_to(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class StatusFilter(DropdownFilter):
    title = pgettext_lazy("of a project", "status")
    parameter_name = "status"

    def lookups(self, request, model_admin):
        return ProjectStatus.choices

    def queryset(self, request, queryset):
        if self.value() not in ProjectStatus.values:
            return queryset
        return queryset.with_status(self.value(), day=timezone.localdate())


class WithoutResultFilter(DropdownFilter):
    """Projects of which nobody wrote what came of them."""

    title = _("result")
    parameter_name = "result"

    def lookups(self, request, model_admin):
        return [("none", _("not recorded"))]

    def queryset(self, request, queryset):
        return queryset.without_result() if self.value() == "none" else queryset


@admin.register(CooperationProject)
class CooperationProjectAdmin(LayerBoxes, ClusterRecordAdmin):
    form = ProjectForm
    list_display = [*side_by_side("title"), "status", "starts_on", "ends_on", "cluster", "state"]
    list_filter = [
        StatusFilter,
        ("state", ChoicesDropdownFilter),
        WithoutResultFilter,
        ("cluster", OwnDropdownFilter),
    ]
    list_select_related = ["cluster"]
    search_fields = ["slug", *side_by_side("title"), "programme", "funder", "partners__sort_key"]
    search_help_text = _("Title, funding programme, funder or a partner")
    autocomplete_fields = ["areas"]
    inlines = [PartnerInline]
    fieldsets = [
        fieldset(
            None,
            side_by_side("title"),
            ("cluster", "state", "slug"),
            ("starts_on", "ends_on"),
            side_by_side("description"),
            ("areas", "layers"),
        ),
        fieldset(_("Funding"), ("funder", "programme"), ("amount", "currency")),
        fieldset(_("Result"), side_by_side("result"), ("evidence", "is_example")),
    ]

    def part_columns(self):
        return ProjectResource.fields

    def export_parts(self, records):
        """Partners, areas and layers, as an import reads them."""
        found = records.prefetch_related("partnerships__actor", *LINKS)
        return {project.pk: parts_of(project) for project in found}

    @display(description=pgettext_lazy("of a project", "status"))
    def status(self, project):
        return project.status_on(timezone.localdate()).label
