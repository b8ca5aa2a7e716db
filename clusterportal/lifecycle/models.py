"""What was measured of a cluster on a day, and where its management saw it in its life."""

import pgtrigger
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clusterportal.clusters.enums import LifeCycle
from clusterportal.clusters.models import ClusterRecord
from clusterportal.core.constraints import one_of
from clusterportal.core.indicator import Reason
from clusterportal.core.languages import column_names, translated
from clusterportal.history.tracking import tracked
from clusterportal.lifecycle.enums import Figure
from clusterportal.lifecycle.querysets import AssessmentQuerySet, MeasurementQuerySet

# The stage of a cluster stands once, in its assessments; the column of the cluster follows the latest one, so that
# page, API and table read it where they always did.
_FOLLOW = """
UPDATE clusters_cluster SET life_cycle = latest.stage
FROM (
    SELECT changed.id, coalesce((
        SELECT stage FROM lifecycle_assessment WHERE cluster_id = changed.id AND NOT is_example
        ORDER BY assessed_on DESC NULLS LAST, id DESC LIMIT 1
    ), '') AS stage
    FROM unnest(ARRAY[{changed}]) AS changed (id)
) AS latest
WHERE clusters_cluster.id = latest.id AND clusters_cluster.life_cycle <> latest.stage;
RETURN NULL;
"""


def _moves_the_stage(name: str, operation, *changed: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        operation=operation,
        when=pgtrigger.After,
        func=_FOLLOW.format(changed=", ".join(f"{row}.cluster_id" for row in changed)),
    )


@tracked
class Measurement(ClusterRecord):
    """The figures of a cluster on one day, frozen: later edits of the registry leave them as they were.

    `figures`: by code {"value": number} or {"reason": code}, with "hidden": code where the public does not see it.
    `counts`: the numbers of which the figures were made, such as filled cells and ties.
    """

    measured_on = models.DateField(_("measured on"), default=timezone.localdate)
    actor_count = models.PositiveIntegerField(_("number of actors"), editable=False)
    figures = models.JSONField(_("figures"), editable=False)
    counts = models.JSONField(_("numbers behind them"), editable=False)
    formula_version = models.PositiveSmallIntegerField(_("version of the formulas"), editable=False)

    objects = MeasurementQuerySet.as_manager()  # type: ignore[misc]  # in place of the base's

    class Meta(ClusterRecord.Meta):
        ordering = ["cluster", "-measured_on"]
        verbose_name = _("measurement")
        verbose_name_plural = _("measurements")
        constraints = [
            models.UniqueConstraint(fields=["cluster", "measured_on"], name="measurement_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.cluster}, {self.measured_on}"

    def value(self, figure: Figure, *, public: bool) -> float | Reason:
        """What was measured, or why nothing was; the public is not shown what would be about single actors."""
        entry = self.figures.get(figure.value, {"reason": Reason.NOT_RECORDED.value})
        if public and "hidden" in entry:
            return Reason(entry["hidden"])
        return Reason(entry["reason"]) if "reason" in entry else entry["value"]


@tracked
class Assessment(ClusterRecord):
    """Where the management saw the cluster in its life cycle, and why."""

    stage = models.CharField(_("life-cycle stage"), max_length=20, choices=LifeCycle)
    assessed_on = models.DateField(
        pgettext_lazy("life cycle", "assessed on"),
        null=True,
        blank=True,
        default=timezone.localdate,
        help_text=_("Empty where nobody knows when it was said."),
    )
    reason = translated(
        models.TextField(
            _("reason"), blank=True, max_length=600, help_text=_("Public where the life cycle is released.")
        )
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("by"),
    )
    measurement = models.ForeignKey(
        Measurement,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="assessments",
        verbose_name=_("measurement"),
    )

    objects = AssessmentQuerySet.as_manager()  # type: ignore[misc]  # as above

    class Meta(ClusterRecord.Meta):
        ordering = ["cluster", models.F("assessed_on").desc(nulls_last=True)]
        verbose_name = pgettext_lazy("life cycle", "assessment")
        verbose_name_plural = pgettext_lazy("life cycle", "assessments")
        triggers = [
            *ClusterRecord.Meta.triggers,
            _moves_the_stage("stage_of_new", pgtrigger.Insert, "NEW"),
            _moves_the_stage("stage_of_changed", pgtrigger.Update, "OLD", "NEW"),
            _moves_the_stage("stage_of_deleted", pgtrigger.Delete, "OLD"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["cluster", "assessed_on"], name="assessment_once_a_day"),
            models.UniqueConstraint(
                fields=["cluster"], condition=Q(assessed_on=None), name="assessment_once_without_day"
            ),
            models.CheckConstraint(
                condition=Q(assessed_on=None) | ~Q(**dict.fromkeys(column_names("reason"), "")),
                name="assessment_says_why",
                violation_error_message=_("Please say why the cluster stands in this stage."),
            ),
            one_of("stage", LifeCycle, table="assessment"),
        ]

    def __str__(self) -> str:
        return f"{self.cluster}: {self.get_stage_display()}"

    def clean(self):
        if self.assessed_on and self.assessed_on > timezone.localdate():
            raise ValidationError({"assessed_on": _("The day lies in the future.")})
