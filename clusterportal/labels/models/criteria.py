"""Lists of criteria by which others judge clusters. They are data: a new edition needs no release."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clusterportal.clusters.models import ClusterRecord
from clusterportal.core.constraints import one_of, web_address
from clusterportal.core.languages import translated
from clusterportal.history.models import Recorded
from clusterportal.history.tracking import tracked
from clusterportal.labels.enums import CriterionKind


@tracked
class CriteriaSet(Recorded):
    """An edition of somebody's list of criteria."""

    slug = models.SlugField(_("address"), unique=True, max_length=60)
    abbreviation = models.CharField(
        _("abbreviation"), max_length=20, help_text=_("Named beside a criterion.")
    )
    name = translated(models.CharField(_("name"), max_length=200), required=True)
    issuer = models.CharField(_("issuer"), max_length=200)
    version = models.CharField(_("edition"), max_length=60, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    source = models.URLField(_("source"), blank=True)
    note = translated(
        models.TextField(
            _("note"), blank=True, help_text=_("What the public source says and what it does not.")
        )
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta(Recorded.Meta):
        ordering = ["position", "slug"]
        verbose_name = _("list of criteria")
        verbose_name_plural = _("lists of criteria")
        constraints = [web_address("source", table="criteriaset")]

    def __str__(self) -> str:
        return self.name


@tracked
class Criterion(Recorded):
    """One criterion of a list. What the registry computes names the rule that does it."""

    criteria_set = models.ForeignKey(
        CriteriaSet, models.CASCADE, related_name="criteria", verbose_name=_("list of criteria")
    )
    code = models.SlugField(_("code"), max_length=60)
    group = translated(models.CharField(_("group"), max_length=200, blank=True))
    text = translated(models.CharField(_("criterion"), max_length=400), required=True)
    kind = models.CharField(_("kind"), max_length=10, choices=CriterionKind)
    rule = models.CharField(
        _("rule"), max_length=30, blank=True, help_text=_("Of a computed criterion: the code of its rule.")
    )
    threshold = models.DecimalField(_("threshold"), max_digits=8, decimal_places=2, null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta(Recorded.Meta):
        ordering = ["criteria_set", "position", "pk"]
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        constraints = [
            models.UniqueConstraint(fields=["criteria_set", "code"], name="criterion_once_a_set"),
            one_of("kind", CriterionKind, table="criterion"),
            models.CheckConstraint(
                condition=Q(kind=CriterionKind.COMPUTED) & ~Q(rule="")
                | ~Q(kind=CriterionKind.COMPUTED) & Q(rule=""),
                name="criterion_is_computed_by_a_rule",
            ),
        ]

    def __str__(self) -> str:
        return self.text


@tracked
class SetChoice(ClusterRecord):
    """The cluster goes by this list of criteria."""

    criteria_set = models.ForeignKey(
        CriteriaSet, models.CASCADE, related_name="choices", verbose_name=_("list of criteria")
    )

    class Meta(ClusterRecord.Meta):
        ordering = ["cluster", "criteria_set"]
        verbose_name = _("chosen list of criteria")
        verbose_name_plural = _("chosen lists of criteria")
        constraints = [
            models.UniqueConstraint(fields=["cluster", "criteria_set"], name="criteria_set_chosen_once")
        ]

    def __str__(self) -> str:
        return f"{self.cluster}: {self.criteria_set}"
