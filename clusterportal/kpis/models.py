"""Key performance indicators of a cluster on the causal chain, with values by period and targets by year."""

from datetime import date
from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from clusterportal.clusters.models import Cluster, ClusterRecord
from clusterportal.core.constraints import one_of, one_of_or_blank
from clusterportal.core.indicator import Reason
from clusterportal.core.languages import translated
from clusterportal.history.models import Recorded
from clusterportal.history.tracking import tracked
from clusterportal.kpis.enums import Direction, Frequency, Stage
from clusterportal.kpis.querysets import KpiPartQuerySet, KpiQuerySet

FIRST_YEAR, LAST_YEAR = 1980, 2100
FIRST_DAY, LAST_DAY = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
LARGEST_VALUE = Decimal("99999999999999.9999")  # what a column holds; says no to "not a number" too


@tracked
class Kpi(ClusterRecord):
    """One indicator of the causal chain; without a cluster it is a template for all of them."""

    cluster = models.ForeignKey(  # type: ignore[assignment]  # templates have none
        Cluster,
        models.CASCADE,
        related_name="kpi_records",
        null=True,
        blank=True,
        verbose_name=_("cluster"),
        help_text=_("Without a cluster: a template that clusters take over."),
    )
    code = models.SlugField(
        _("code"), max_length=60, help_text=_("The same in all clusters that compare it.")
    )
    name = translated(models.CharField(_("name"), max_length=120), required=True)
    stage = models.CharField(_("stage of the chain"), max_length=8, choices=Stage)
    unit = translated(models.CharField(_("unit"), max_length=40, blank=True))
    method = translated(
        models.TextField(_("method"), blank=True, help_text=_("How a value comes about, in full sentences."))
    )
    responsible = models.CharField(
        _("responsible"),
        max_length=120,
        blank=True,
        help_text=_("A role, please no name: the causal chain shows it to everybody once it is released."),
    )
    frequency = models.CharField(_("frequency"), max_length=11, choices=Frequency, default=Frequency.YEARLY)
    direction = models.CharField(_("direction"), max_length=7, choices=Direction, default=Direction.HIGHER)
    indicator = models.CharField(
        _("computed from"),
        max_length=60,
        blank=True,
        help_text=_("A figure that the portal computes; none: values are entered by hand."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_active = models.BooleanField(_("active"), default=True)

    objects = KpiQuerySet.as_manager()  # type: ignore[misc]  # a narrower one than of every record

    class Meta(ClusterRecord.Meta):
        ordering = ["cluster", "position", "code"]
        verbose_name = _("indicator of the chain")
        verbose_name_plural = _("indicators of the chain")
        constraints = [
            UniqueConstraint(
                fields=["cluster", "code"],
                name="kpi_once_a_cluster",
                nulls_distinct=False,
                violation_error_message=_("The cluster has an indicator with this code already."),
            ),
            one_of("stage", Stage, table="kpi"),
            one_of("frequency", Frequency, table="kpi"),
            one_of("direction", Direction, table="kpi"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_computed(self) -> bool:
        return bool(self.indicator)


@tracked
class KpiValue(Recorded):
    """The value of one period, or why there is none."""

    kpi = models.ForeignKey(
        Kpi, models.CASCADE, related_name="values", verbose_name=_("indicator of the chain")
    )
    starts_on = models.DateField(
        _("from"), validators=[MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)]
    )
    until = models.DateField(_("until"), help_text=_("The first day that is no longer part of the period."))
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=4, null=True, blank=True)
    reason = models.CharField(_("reason for no value"), max_length=12, choices=Reason, blank=True)
    as_of = models.DateField(_("as of"), null=True, blank=True, editable=False)
    is_computed = models.BooleanField(_("computed"), default=False, editable=False)
    records = models.CharField(
        _("records"), max_length=200, blank=True, editable=False
    )  # path to what is behind it
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("entered by"),
    )
    note = models.CharField(_("note"), max_length=200, blank=True, help_text=_("Where the value comes from."))

    objects = KpiPartQuerySet.as_manager()

    class Meta(Recorded.Meta):
        ordering = ["kpi", "-starts_on"]
        verbose_name = _("value of an indicator")
        verbose_name_plural = _("values of indicators")
        constraints = [
            UniqueConstraint(
                fields=["kpi", "starts_on"],
                name="kpi_value_once_a_period",
                violation_error_message=_("This period has a value already."),
            ),
            CheckConstraint(condition=Q(until__gt=F("starts_on")), name="kpi_value_until_after_start"),
            CheckConstraint(
                condition=Q(starts_on__range=(FIRST_DAY, LAST_DAY)), name="kpi_value_day_plausible"
            ),
            CheckConstraint(
                condition=Q(value__isnull=False, reason="") | (Q(value=None) & ~Q(reason="")),
                name="kpi_value_or_reason",
                violation_error_message=_("Enter a value, or the reason why there is none."),
            ),
            CheckConstraint(
                condition=Q(value=None) | Q(value__range=(-LARGEST_VALUE, LARGEST_VALUE)),
                name="kpi_value_is_a_number",
            ),
            one_of_or_blank("reason", Reason, table="kpi_value"),
        ]

    def __str__(self) -> str:
        return f"{self.kpi} {self.starts_on:%Y-%m}"

    @property
    def cluster_id(self) -> int | None:
        """Whose value it is, as of every record of a cluster (`clusters.rules.can_manage`)."""
        return self.kpi.cluster_id


@tracked
class KpiTarget(Recorded):
    """What an indicator is to reach in a year."""

    kpi = models.ForeignKey(
        Kpi, models.CASCADE, related_name="targets", verbose_name=_("indicator of the chain")
    )
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    value = models.DecimalField(_("target"), max_digits=18, decimal_places=4)

    objects = KpiPartQuerySet.as_manager()

    class Meta(Recorded.Meta):
        ordering = ["kpi", "-year"]
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        constraints = [
            UniqueConstraint(fields=["kpi", "year"], name="kpi_target_once_a_year"),
            CheckConstraint(
                condition=Q(year__range=(FIRST_YEAR, LAST_YEAR)), name="kpi_target_year_plausible"
            ),
            CheckConstraint(
                condition=Q(value__range=(-LARGEST_VALUE, LARGEST_VALUE)), name="kpi_target_is_a_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kpi} {self.year}: {self.value}"

    @property
    def cluster_id(self) -> int | None:
        """Whose target it is, as of every record of a cluster."""
        return self.kpi.cluster_id
