"""The budget of a cluster by year and source, plan beside actual, and a documented path to compare it with."""

from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint
from django.utils.translation import gettext_lazy as _

from clusterportal.clusters.models import ClusterRecord
from clusterportal.core.constraints import one_of
from clusterportal.finance.enums import IncomeSource
from clusterportal.finance.querysets import BudgetLineQuerySet, BudgetQuerySet
from clusterportal.finance.validators import check_currency
from clusterportal.history.models import Recorded
from clusterportal.history.tracking import tracked

FIRST_YEAR, LAST_YEAR = 1980, 2100  # the first cluster policies began after it
LARGEST_AMOUNT = Decimal(
    "999999999999.99"
)  # what a column holds; says no to "not a number" too, which PostgreSQL sorts last
LAST_POINT = 30


@tracked
class Budget(ClusterRecord):
    """One year of one cluster, in one currency: amounts of two currencies cannot meet in a sum."""

    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    currency = models.CharField(
        _("currency"),
        max_length=3,
        default="EUR",
        validators=[check_currency],
        help_text=_("Three letters, ISO 4217. One a year; nothing is converted."),
    )
    point = models.PositiveSmallIntegerField(
        _("point of the documented path"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(LAST_POINT)],
        help_text=_("Where this year stands in the life cycle; the years around it follow. Your judgement."),
    )
    note = models.TextField(_("note"), blank=True, help_text=_("For the team only."))

    objects = BudgetQuerySet.as_manager()  # type: ignore[misc]  # a narrower one than of every record

    class Meta(ClusterRecord.Meta):
        ordering = ["cluster", "-year"]
        verbose_name = _("budget")
        verbose_name_plural = _("budgets")
        constraints = [
            UniqueConstraint(fields=["cluster", "year"], name="budget_once_a_year"),
            UniqueConstraint(fields=["cluster", "point"], name="budget_once_a_point"),
            CheckConstraint(condition=Q(year__range=(FIRST_YEAR, LAST_YEAR)), name="budget_year_plausible"),
            CheckConstraint(condition=Q(currency__regex="^[A-Z]{3}$"), name="budget_currency_is_a_code"),
            CheckConstraint(
                condition=Q(point=None) | Q(point__range=(1, LAST_POINT)), name="budget_point_plausible"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cluster} {self.year}"


@tracked
class BudgetLine(Recorded):
    """What one source was to bring in a year, and what it brought."""

    budget = models.ForeignKey(Budget, models.CASCADE, related_name="lines", verbose_name=_("budget"))
    source = models.CharField(_("source"), max_length=16, choices=IncomeSource)
    is_publicly_funded = models.BooleanField(
        _("publicly funded"),
        default=False,
        help_text=_("Projects paid by public programmes count as public; all other sources are own."),
    )
    plan = models.DecimalField(_("plan"), max_digits=14, decimal_places=2, null=True, blank=True)
    actual = models.DecimalField(
        _("actual"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Empty: not booked yet. Negative where more was paid back than came in."),
    )
    evidence = models.CharField(
        _("evidence"),
        max_length=200,
        blank=True,
        help_text=_("Where the amounts stand, such as annual accounts."),
    )

    objects = BudgetLineQuerySet.as_manager()

    class Meta(Recorded.Meta):
        ordering = ["budget", "source", "is_publicly_funded"]
        verbose_name = _("line of a budget")
        verbose_name_plural = _("lines of a budget")
        constraints = [
            UniqueConstraint(
                fields=["budget", "source", "is_publicly_funded"],
                name="budget_line_once_a_source",
                violation_error_message=_("This source is in the budget already."),
            ),
            one_of("source", IncomeSource, table="budget_line"),
            CheckConstraint(
                condition=Q(is_publicly_funded=False) | Q(source=IncomeSource.PROJECTS),
                name="budget_line_only_projects_vary",
                violation_error_message=_("Only projects can be own or publicly funded."),
            ),
            CheckConstraint(
                condition=Q(plan__isnull=False) | Q(actual__isnull=False),
                name="budget_line_says_something",
                violation_error_message=_("Enter a plan, an actual amount or both."),
            ),
            CheckConstraint(
                condition=Q(plan=None) | Q(plan__range=(0, LARGEST_AMOUNT)),
                name="budget_line_plan_plausible",
                violation_error_message=_("A plan cannot be negative."),
            ),
            CheckConstraint(
                condition=Q(actual=None) | Q(actual__range=(-LARGEST_AMOUNT, LARGEST_AMOUNT)),
                name="budget_line_actual_plausible",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.budget}: {self.label}"

    @property
    def cluster_id(self) -> int:
        """Whose line it is, as of every record of a cluster (`clusters.rules.can_manage`)."""
        return self.budget.cluster_id

    @property
    def is_public(self) -> bool:
        """Does the money come from the public purse?"""
        return self.source == IncomeSource.PUBLIC_FUNDING or self.is_publicly_funded

    @property
    def label(self) -> str:
        """The source in words."""
        if self.is_publicly_funded:
            return str(_("Projects, publicly funded"))
        return self.get_source_display()


@tracked
class PathPoint(ClusterRecord):
    """One point of a documented path over the life cycle; points are no calendar years."""

    position = models.PositiveSmallIntegerField(
        _("point"), validators=[MinValueValidator(1), MaxValueValidator(LAST_POINT)]
    )
    own_share = models.DecimalField(
        _("own share"),
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text=_("Per cent; the rest is public."),
    )
    evidence = models.CharField(_("documented in"), max_length=200)

    class Meta(ClusterRecord.Meta):
        ordering = ["cluster", "position"]
        verbose_name = _("point of a documented path")
        verbose_name_plural = _("documented path")
        constraints = [
            UniqueConstraint(fields=["cluster", "position"], name="path_point_once"),
            CheckConstraint(
                condition=Q(position__range=(1, LAST_POINT)), name="path_point_position_plausible"
            ),
            CheckConstraint(condition=Q(own_share__range=(0, 100)), name="path_point_is_a_share"),
            CheckConstraint(condition=~Q(evidence=""), name="path_point_names_its_source"),
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.own_share} %"
