"""What was decided of an actor that was proposed for a gap: kept, so that nobody is asked twice."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from actors.models import Actor
from applications.models import ApplicationArea
from clusterportal.clusters.models import Cluster
from clusterportal.core.constraints import one_of, printable
from clusterportal.history.models import Recorded
from clusterportal.history.tracking import tracked
from clusterportal.plans.enums import GapVerdict
from clusterportal.plans.models.action import Action
from clusterportal.plans.models.plan import ActionPlan
from clusterportal.plans.querysets import PlanPartQuerySet
from layers.models import Layer


@tracked
class GapDecision(Recorded):
    """An actor proposed for the gap of `cluster` at `layer` and `area`, and what became of the proposal."""

    plan = models.ForeignKey(
        ActionPlan, models.CASCADE, related_name="decisions", verbose_name=_("action plan")
    )
    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="+", verbose_name=_("cluster"))
    layer = models.ForeignKey(Layer, models.PROTECT, related_name="+", verbose_name=_("layer"))
    area = models.ForeignKey(
        ApplicationArea, models.CASCADE, related_name="+", verbose_name=_("application area")
    )
    actor = models.ForeignKey(Actor, models.CASCADE, related_name="+", verbose_name=_("actor"))
    verdict = models.CharField(_("decision"), max_length=9, choices=GapVerdict)
    action = models.ForeignKey(
        Action, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("action")
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = PlanPartQuerySet.as_manager()

    class Meta(Recorded.Meta):
        ordering = ["-created_at", "-pk"]
        verbose_name = _("decision on a proposal")
        verbose_name_plural = _("decisions on proposals")
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "cluster", "layer", "area", "actor"], name="gapdecision_once_a_proposal"
            ),
            one_of("verdict", GapVerdict, table="gapdecision"),
            models.CheckConstraint(
                condition=~Q(verdict=GapVerdict.DISMISSED) | ~Q(reason=""),
                name="gapdecision_dismissed_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(verdict=GapVerdict.ACTION, action__isnull=False)
                | (~Q(verdict=GapVerdict.ACTION) & Q(action=None)),
                name="gapdecision_names_its_action",
            ),
            printable("reason", table="gapdecision"),
        ]

    def __str__(self) -> str:
        return f"{self.actor}: {self.get_verdict_display()}"
