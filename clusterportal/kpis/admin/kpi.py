"""One indicator: what it is, its course as a picture, targets and values."""

from django.contrib import admin
from django.template.loader import render_to_string
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display

from clusterportal.clusters.record_admin import ClusterRecordAdmin, OwnClusterInline
from clusterportal.core.admin import fieldset, side_by_side
from clusterportal.core.spark import spark
from clusterportal.kpis.admin import entering
from clusterportal.kpis.domain.board import course_of, with_values
from clusterportal.kpis.domain.periods import name_of
from clusterportal.kpis.domain.texts import value_text
from clusterportal.kpis.forms import KpiForm, ValueForm
from clusterportal.kpis.models import Kpi, KpiTarget, KpiValue


class TargetInline(OwnClusterInline):
    model = KpiTarget
    fields = ["year", "value"]
    hide_title = False


class ValueInline(OwnClusterInline):
    """Values, the newest first; the job writes those of computed indicators, nobody else."""

    model = KpiValue
    form = ValueForm
    fields = ["starts_on", "value", "reason", "note"]
    hide_title = False

    def has_add_permission(self, request, obj=None):
        return super().has_add_permission(request, obj) and not (obj and obj.is_computed)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not (obj and obj.is_computed)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not (obj and obj.is_computed)


@admin.register(Kpi)
class KpiAdmin(ClusterRecordAdmin):
    form = KpiForm
    list_display = [*side_by_side("name"), "cluster", "stage", "frequency", "indicator", "is_active"]
    list_filter = [("stage", ChoicesDropdownFilter), ("cluster", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["cluster"]
    list_before_template = "admin/kpis/list_tools.html"
    search_fields = ["code", *side_by_side("name")]
    inlines = [TargetInline, ValueInline]
    readonly_fields = ["course"]
    fieldsets = [
        fieldset(None, side_by_side("name"), ("cluster", "code", "stage"), side_by_side("unit"), "course"),
        fieldset(
            _("How it is kept"),
            side_by_side("method"),
            ("responsible", "frequency", "direction"),
            ("indicator", "position", "is_active", "is_example"),
        ),
    ]

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("enter/", view(entering.enter), name="kpis_kpi_enter"),
            path("<int:pk>/take-over/", view(entering.take_over_templates), name="kpis_kpi_take_over"),
            *super().get_urls(),
        ]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        formfield = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "cluster":
            formfield.required = not request.user.is_superuser  # templates are the portal's
        return formfield

    def save_formset(self, request, form, formset, change):
        """Who entered a value is noted with it."""
        if formset.model is KpiValue:
            for one in formset.forms:
                if one.has_changed():
                    one.instance.entered_by = request.user
        super().save_formset(request, form, formset, change)

    @display(description=_("course"))
    def course(self, kpi):
        """The last six periods as a spark line."""
        today = timezone.localdate()
        (kept,) = with_values(Kpi.objects.filter(pk=kpi.pk), today=today) if kpi.pk else (None,)
        course = course_of(kept, list(kept.values.all())) if kept else ()
        goal = (
            next((one.value for one in kept.targets.all() if one.year == today.year), None) if kept else None
        )
        picture = spark([value for _period, value in course], goal=goal)
        said = [
            (name_of(period, kpi.frequency), None if value is None else value_text(value, kpi.unit))
            for period, value in course
        ]
        return render_to_string(
            "admin/kpis/_course.html", {"picture": picture, "values": said, "unit": kpi.unit}
        )
