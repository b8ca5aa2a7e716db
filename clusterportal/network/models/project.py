"""Cooperation projects: who does what with whom, from when until when, with whose money, and what came of it."""

from datetime import date, timedelta

import pghistory
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from actors.enums import PartnerRole
from actors.models import Actor
from applications.models import ApplicationArea
from clusterportal.clusters.models import ClusterRecord
from clusterportal.core.constraints import has_an_address, one_of, printable, web_address
from clusterportal.core.languages import column_names, translated
from clusterportal.core.publication import PublicationState
from clusterportal.history.models import Recorded, raises_revision
from clusterportal.history.tracking import tracked
from clusterportal.network.enums import ProjectStatus
from clusterportal.network.querysets import ProjectPartnerQuerySet, ProjectQuerySet
from layers.models import Layer

currency_code = RegexValidator(r"^[A-Z]{3}$", _("A currency has three letters: EUR."))


@tracked
class CooperationProject(ClusterRecord):
    """A project that several actors carry out together; `cluster` leads it, and its team looks after it.

    It runs from `starts_on` until the day before `ends_on`.
    """

    slug = models.SlugField(_("address"), unique=True, max_length=80)
    title = translated(models.CharField(_("title"), max_length=200), required=True)
    description = translated(models.TextField(_("description"), blank=True, help_text=_("Markdown.")))
    partners = models.ManyToManyField(
        Actor, through="ProjectPartner", related_name="cooperation_projects", verbose_name=_("partners")
    )
    areas = models.ManyToManyField(
        ApplicationArea, blank=True, related_name="+", verbose_name=_("application areas")
    )
    layers = models.ManyToManyField(Layer, blank=True, related_name="+", verbose_name=_("layers"))
    starts_on = models.DateField(
        _("start"), null=True, blank=True, help_text=_("First day. Empty: it has always run.")
    )
    ends_on = models.DateField(
        _("end"), null=True, blank=True, help_text=_("First day on which it no longer runs. Empty: open.")
    )
    funder = models.CharField(_("funder"), max_length=200, blank=True)
    programme = models.CharField(_("funding programme"), max_length=200, blank=True)
    amount = models.DecimalField(
        _("funding"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    currency = models.CharField(
        _("currency"),
        max_length=3,
        default="EUR",
        validators=[currency_code],
        help_text=_("Three letters, ISO 4217."),
    )
    result = translated(models.TextField(_("result"), blank=True, help_text=_("Markdown.")))
    evidence = models.URLField(
        _("evidence"), max_length=500, blank=True, help_text=_("Where this is published.")
    )
    state = models.CharField(
        _("state"), max_length=12, choices=PublicationState, default=PublicationState.DRAFT
    )

    objects = ProjectQuerySet.as_manager()  # type: ignore[misc]  # a narrower one than of every record

    class Meta(ClusterRecord.Meta):
        ordering = [F("starts_on").desc(nulls_last=True), "slug"]
        verbose_name = _("cooperation project")
        verbose_name_plural = _("cooperation projects")
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gt=F("starts_on")),
                name="project_ends_after_it_starts",
                violation_error_message=_("A project ends after it starts."),
            ),
            models.CheckConstraint(
                condition=Q(amount=None) | Q(amount__gte=0), name="project_amount_not_negative"
            ),
            models.CheckConstraint(condition=Q(currency__regex="^[A-Z]{3}$"), name="project_currency_code"),
            has_an_address("project"),
            one_of("state", PublicationState, table="project"),
            web_address("evidence", table="project"),
            printable(
                *column_names("title"), *column_names("description"), *column_names("result"), table="project"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def last_day(self) -> date | None:
        """The last day on which it runs; None where its end is open."""
        return self.ends_on - timedelta(days=1) if self.ends_on else None

    def status_on(self, day: date) -> ProjectStatus:
        """Planned, running or ended on that day."""
        if self.starts_on and day < self.starts_on:
            return ProjectStatus.PLANNED
        return ProjectStatus.ENDED if self.ends_on and day >= self.ends_on else ProjectStatus.RUNNING


@tracked
class ProjectPartner(Recorded):
    """An actor in a cooperation project."""

    project = models.ForeignKey(
        CooperationProject, models.CASCADE, related_name="partnerships", verbose_name=_("project")
    )
    actor = models.ForeignKey(
        Actor, models.CASCADE, related_name="project_partnerships", verbose_name=_("actor")
    )
    role = models.CharField(_("role"), max_length=12, choices=PartnerRole, default=PartnerRole.PARTNER)

    objects = ProjectPartnerQuerySet.as_manager()

    class Meta(Recorded.Meta):
        ordering = ["role", "actor__sort_key"]  # the coordinator first
        verbose_name = _("partner of a project")
        verbose_name_plural = _("partners of projects")
        constraints = [
            models.UniqueConstraint(fields=["project", "actor"], name="project_partner_once"),
            models.UniqueConstraint(
                fields=["project"],
                condition=Q(role=PartnerRole.COORDINATOR),
                name="project_one_coordinator",
                violation_error_message=_("A project has one coordinator."),
            ),
            one_of("role", PartnerRole, table="project_partner"),
        ]

    def __str__(self) -> str:
        return f"{self.actor}: {self.project}"

    def hand_over_to(self, actor: Actor) -> None:
        """Called when `self.actor` becomes part of `actor`, which takes part as well: a coordination goes over."""
        if self.role == PartnerRole.COORDINATOR:
            self.delete()
            other = ProjectPartner.objects.get(project=self.project_id, actor=actor)
            other.role = PartnerRole.COORDINATOR
            other.save(update_fields=["role"])


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent(), append_only=True)
class ProjectArea(CooperationProject.areas.through):  # type: ignore[name-defined]  # a class that Django makes
    """An area of a project: a face of the join table, so that its changes are kept and counted too."""

    class Meta:
        proxy = True
        verbose_name = _("application area of a project")
        verbose_name_plural = _("application areas of projects")
        triggers = [raises_revision()]

    def __str__(self) -> str:
        return f"{self.cooperationproject}: {self.applicationarea}"


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent(), append_only=True)
class ProjectLayer(CooperationProject.layers.through):  # type: ignore[name-defined]  # a class that Django makes
    """A layer of a project, likewise."""

    class Meta:
        proxy = True
        verbose_name = _("layer of a project")
        verbose_name_plural = _("layers of projects")
        triggers = [raises_revision()]

    def __str__(self) -> str:
        return f"{self.cooperationproject}: {self.layer}"
