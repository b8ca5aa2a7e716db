"""How far a cluster was on a day: its line in the picture of its completeness."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from clusterportal.clusters.models import Cluster


class ClusterDay(models.Model):
    """Counts of a cluster's actors at the end of a day; kept, because the past cannot be counted later."""

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="+", verbose_name=_("cluster"))
    day = models.DateField(_("day"))
    published = models.PositiveIntegerField(_("published"))
    drafts = models.PositiveIntegerField(_("drafts and in review"))
    complete = models.PositiveIntegerField(_("published and complete"))

    class Meta:
        ordering = ["cluster", "day"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["cluster", "day"], name="clusterday_once"),
            models.CheckConstraint(
                condition=models.Q(complete__lte=models.F("published")), name="clusterday_complete_is_part"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cluster}, {self.day}"

    @property
    def percent(self) -> int:
        """How many of the published actors lack nothing."""
        return round(100 * self.complete / self.published) if self.published else 0
