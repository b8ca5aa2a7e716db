"""Assessments with the computed figures beside them, and what was measured when."""

from collections.abc import Iterator

from django.contrib import admin
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display

from clusterportal.clusters.models import Cluster
from clusterportal.clusters.record_admin import ClusterRecordAdmin, OwnDropdownFilter
from clusterportal.clusters.rules import reaches_cluster
from clusterportal.core.admin import fieldset, side_by_side
from clusterportal.core.indicator import Reason
from clusterportal.core.sent_numbers import sent_numbers
from clusterportal.lifecycle.domain.assessing import assess
from clusterportal.lifecycle.domain.measuring import keep_measurement, measure
from clusterportal.lifecycle.domain.path import Stop, outgrown, path_of
from clusterportal.lifecycle.domain.plane import plane
from clusterportal.lifecycle.domain.wording import said
from clusterportal.lifecycle.enums import Figure
from clusterportal.lifecycle.models import Assessment, Measurement
from clusterportal.tables.writer import Table


@admin.register(Assessment)
class AssessmentAdmin(ClusterRecordAdmin):
    """While a cluster is assessed, its way through the plane and its figures of today stand above the form."""

    list_display = ["cluster", "stage", "assessed_on", "by", "is_example"]
    list_filter = [("cluster", OwnDropdownFilter), ("stage", ChoicesDropdownFilter)]
    list_select_related = ["cluster", "by"]
    fieldsets = [
        fieldset(None, ("cluster", "stage", "assessed_on"), side_by_side("reason")),
    ]
    change_form_outer_before_template = "admin/lifecycle/measured.html"

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        cluster = self._cluster(request, object_id)
        context = {"figures": _figures(cluster) if cluster else None, **(extra_context or {})}
        return super().changeform_view(request, object_id, form_url, context)

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        """No stage is chosen before somebody chooses it."""
        return super().formfield_for_choice_field(
            db_field, request, choices=db_field.get_choices(include_blank=True), **kwargs
        )

    def save_model(self, request, obj, form, change):
        assess(assessment=obj, by=request.user)

    def _cluster(self, request, object_id: str | None) -> Cluster | None:
        """The cluster that is assessed, as far as the person reaches it."""
        if object_id:
            record = self.get_object(request, object_id)
            return record.cluster if record else None
        asked = request.POST.get("cluster") or self.get_changeform_initial_data(request).get("cluster")
        cluster = Cluster.objects.filter(pk__in=sent_numbers([asked])).first()
        return cluster if cluster and reaches_cluster(request.user, cluster.pk) else None


@admin.register(Measurement)
class MeasurementAdmin(ClusterRecordAdmin):
    """Measurements are made, never edited: adding one measures the cluster now."""

    list_display = ["cluster", "measured_on", "actor_count", "heterogeneity", "interaction", "is_example"]
    list_filter = [("cluster", OwnDropdownFilter)]
    list_select_related = ["cluster"]
    fields = ["cluster", "measured_on", "actor_count", "all_figures", "formula_version", "is_example"]
    readonly_fields = ["all_figures"]

    def has_change_permission(self, request, obj=None):
        return False

    def get_fields(self, request, obj=None):
        return super().get_fields(request, obj) if obj else ["cluster"]

    def add_view(self, request, form_url="", extra_context=None):
        return super().add_view(request, form_url, {"title": _("Measure now"), **(extra_context or {})})

    def save_model(self, request, obj, form, change):
        """The record of the form becomes the one that was kept."""
        obj.__dict__.update(keep_measurement(cluster=obj.cluster).__dict__)

    @display(description=Figure.HETEROGENEITY.label)
    def heterogeneity(self, measurement):
        return said(measurement.value(Figure.HETEROGENEITY, public=False), Figure.HETEROGENEITY)

    @display(description=Figure.INTERACTION.label)
    def interaction(self, measurement):
        return said(measurement.value(Figure.INTERACTION, public=False), Figure.INTERACTION)

    @display(description=gettext_lazy("Figures"))
    def all_figures(self, measurement):
        return "\n".join(
            f"{figure.label}: {said(measurement.value(figure, public=False), figure)}" for figure in Figure
        )

    def export_table(self, request, queryset) -> Table:
        """A row a measurement, a column a figure; empty where there is no value."""
        titles = ["cluster", "measured_on", "actor_count", "formula_version", *Figure.values]

        def records() -> Iterator[dict]:
            for one in queryset.select_related("cluster").iterator():
                values = {figure.value: one.value(figure, public=False) for figure in Figure}
                yield {
                    "cluster": one.cluster.slug,
                    "measured_on": one.measured_on.isoformat(),
                    "actor_count": one.actor_count,
                    "formula_version": one.formula_version,
                } | {code: None if isinstance(value, Reason) else value for code, value in values.items()}

        return Table(
            str(self.opts.verbose_name_plural),
            titles,
            rows=lambda: (["" if cell is None else str(cell) for cell in one.values()] for one in records()),
            records=records,
        )


def _figures(cluster: Cluster) -> dict:
    """Context of the panel.

    It holds cluster, plane, label, rows (label, today, before, is it hidden from the public?), before
    (the stop before today), actors and outgrown (growth in per cent).
    """
    measured = measure(cluster)
    stops = path_of(cluster, measured, public=False)
    before = (
        Measurement.objects.of(cluster).filter(measured_on__lt=measured.day).order_by("-measured_on").first()
    )
    placed = [stop for stop in stops if stop.place]
    return {
        "cluster": cluster,
        "day": timezone.localdate(),
        "actors": measured.actors,
        "before": before,
        "outgrown": outgrown(stops),
        "plane": plane([(str(stop.day.year), stop.place, _kind(stop)) for stop in placed if stop.place]),
        "label": _("Path through the plane of heterogeneity and interaction: %(stops)s.")
        % {"stops": "; ".join(map(_in_words, placed)) or _("not measured yet")},
        "rows": [
            (
                figure.label,
                said(measured.value(figure, public=False), figure),
                said(before.value(figure, public=False), figure) if before else "",
                figure in measured.kept_back,
            )
            for figure in Figure
        ],
    }


def _kind(stop: Stop) -> str:
    return "live" if stop.is_today else "ring" if stop.is_example else "pt"


def _in_words(stop: Stop) -> str:
    day = date_format(stop.day, "SHORT_DATE_FORMAT")
    heterogeneity = said(stop.heterogeneity, Figure.HETEROGENEITY)
    return f"{day} {heterogeneity} × {said(stop.interaction, Figure.INTERACTION)}"
