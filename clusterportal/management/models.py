"""What is kept of a cluster's figures, so that a page can show years without computing them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from clusterportal.clusters.models import Cluster


class YearFigure(models.Model):
    """The value of an indicator at the end of a year; of this year, on the last day it was computed.

    It follows from the registry (`domain/years.py`) and was published under the rules of that day.
    """

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="+", verbose_name=_("cluster"))
    code = models.CharField(_("indicator"), max_length=60)
    year = models.PositiveSmallIntegerField(_("year"))
    day = models.DateField(_("as of"))
    value = models.FloatField(_("value"))

    class Meta:
        ordering = ["cluster", "code", "year"]
        default_permissions = ()
        verbose_name = _("figure of a year")
        verbose_name_plural = _("figures of years")
        constraints = [
            models.UniqueConstraint(fields=["cluster", "code", "year"], name="yearfigure_once_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.cluster}, {self.code}, {self.year}"
