"""An action plan: whose it is, what it is about, and the findings of its regional SWOT."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from applications.models import ApplicationArea
from clusterportal.clusters.models import Cluster, ClusterRecord
from clusterportal.core.constraints import has_an_address, one_of, one_of_or_blank, printable
from clusterportal.core.languages import column_names, translated
from clusterportal.history.models import Recorded, raises_revision
from clusterportal.history.tracking import tracked
from clusterportal.plans.enums import Quadrant, Verdict
from clusterportal.plans.querysets import ActionPlanQuerySet, PlanPartQuerySet


@tracked
class ActionPlan(ClusterRecord):
    """Four steps from competences to joint actions; `cluster` leads, `owners` take part."""

    slug = models.SlugField(_("address"), unique=True, max_length=80)
    title = translated(models.CharField(_("title"), max_length=160), required=True)
    summary = translated(
        models.CharField(
            _("summary"), max_length=300, blank=True, help_text=_("One sentence under the title.")
        )
    )
    areas = models.ManyToManyField(
        ApplicationArea,
        blank=True,
        related_name="+",
        verbose_name=_("application areas"),
        help_text=_("What the plan is about: competences, gaps and proposals are computed for these."),
    )
    is_public = models.BooleanField(
        _("public"),
        default=False,
        help_text=_("Shown on the pages of its clusters, where these release their action plans."),
    )
    source = models.CharField(
        _("source"), max_length=400, blank=True, help_text=_("Where the plan is documented.")
    )

    objects = ActionPlanQuerySet.as_manager()  # type: ignore[misc]  # a narrower one than of every record

    class Meta(ClusterRecord.Meta):
        ordering = ["cluster__position", "slug"]
        verbose_name = _("action plan")
        verbose_name_plural = _("action plans")
        constraints = [
            has_an_address("actionplan"),
            printable(*column_names("title"), *column_names("summary"), "source", table="actionplan"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def clusters(self) -> list[Cluster]:
        """The clusters that carry the plan, the leading one first."""
        agreed = [one.cluster for one in self.owners.all() if one.has_agreed]
        return [self.cluster, *(one for one in agreed if one.pk != self.cluster_id)]


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent(), append_only=True)
class PlanArea(ActionPlan.areas.through):  # type: ignore[name-defined]  # a class that Django makes
    """An area of a plan: a face of the join table, so that its changes are kept and counted too."""

    class Meta:
        proxy = True
        verbose_name = _("application area of an action plan")
        verbose_name_plural = _("application areas of action plans")
        triggers = [raises_revision()]

    def __str__(self) -> str:
        return f"{self.actionplan}: {self.applicationarea}"


@tracked
class PlanOwner(Recorded):
    """A further cluster of a plan. Its team sees the plan at once; it takes part when its managers have agreed."""

    plan = models.ForeignKey(ActionPlan, models.CASCADE, related_name="owners", verbose_name=_("action plan"))
    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="+", verbose_name=_("cluster"))
    has_agreed = models.BooleanField(
        _("has agreed"), default=False, help_text=_("The managers of the cluster say so themselves.")
    )

    objects = PlanPartQuerySet.as_manager()

    class Meta(Recorded.Meta):
        ordering = ["cluster__position", "pk"]
        verbose_name = _("further cluster")
        verbose_name_plural = _("further clusters")
        constraints = [models.UniqueConstraint(fields=["plan", "cluster"], name="planowner_once_a_plan")]

    def __str__(self) -> str:
        return str(self.cluster)


@tracked
class SwotEntry(Recorded):
    """A finding about the region, with a verdict; `query` finds the actors that prove it."""

    plan = models.ForeignKey(
        ActionPlan, models.CASCADE, related_name="findings", verbose_name=_("action plan")
    )
    quadrant = models.CharField(_("quadrant"), max_length=11, choices=Quadrant)
    text = translated(models.CharField(_("finding"), max_length=300), required=True)
    verdict = models.CharField(
        _("verdict"), max_length=7, choices=Verdict, blank=True, help_text=_("Empty: not judged yet.")
    )
    query = models.CharField(
        _("evidence in the directory"),
        max_length=400,
        blank=True,
        help_text=_(
            "The address of a filtered directory; the number of its actors is shown, as it is today."
        ),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = PlanPartQuerySet.as_manager()

    class Meta(Recorded.Meta):
        ordering = ["position", "pk"]
        verbose_name = _("finding")
        verbose_name_plural = _("regional SWOT")
        constraints = [
            one_of("quadrant", Quadrant, table="swotentry"),
            one_of_or_blank("verdict", Verdict, table="swotentry"),
            printable(*column_names("text"), "query", table="swotentry"),
        ]

    def __str__(self) -> str:
        return self.text
