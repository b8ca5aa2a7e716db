"""Actions of a plan: what is to be done, by whom and with whom, until when."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from actors.models import Actor
from applications.models import ApplicationArea
from clusterportal.core.constraints import check_day, one_of, one_of_or_blank, plausible_day, printable
from clusterportal.core.languages import LANGUAGE_CODES, column_names, translated
from clusterportal.history.models import Recorded, raises_revision
from clusterportal.history.tracking import tracked
from clusterportal.plans.enums import ActionState, ParticipantGroup
from clusterportal.plans.models.plan import ActionPlan
from clusterportal.plans.querysets import ActionPartQuerySet, PlanPartQuerySet
from layers.models import Layer

SHORTEST_HORIZON, LONGEST_HORIZON = 1, 120  # months of a horizon


@tracked
class Action(Recorded):
    """One action: topic, action, horizon, responsible, participants. Its state is computed unless it is set."""

    plan = models.ForeignKey(
        ActionPlan, models.CASCADE, related_name="actions", verbose_name=_("action plan")
    )
    slug = models.SlugField(_("address"), unique=True, max_length=80)
    title = translated(models.CharField(_("action"), max_length=240), required=True)
    topic = translated(models.CharField(_("topic"), max_length=240, blank=True))
    horizon_months = models.PositiveSmallIntegerField(
        _("time horizon"), default=36, help_text=_("Months, 1 to 120.")
    )
    starts_on = models.DateField(_("starts on"), null=True, blank=True, validators=[check_day])
    responsible = models.ForeignKey(
        Actor, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("responsible actor")
    )
    responsible_words = translated(
        models.CharField(
            _("responsible"),
            max_length=200,
            blank=True,
            help_text=_("An organisation that is not in the registry, or a body. No names of people."),
        )
    )
    carrying_layer = models.ForeignKey(
        Layer, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("carrying layer")
    )
    layers = models.ManyToManyField(Layer, blank=True, related_name="+", verbose_name=_("layers"))
    areas = models.ManyToManyField(
        ApplicationArea, blank=True, related_name="+", verbose_name=_("application areas")
    )
    state_set = models.CharField(
        _("state"),
        max_length=8,
        choices=ActionState,
        blank=True,
        help_text=_("Empty: computed from start, horizon and milestones."),
    )
    state_reason = translated(models.CharField(_("reason for the state"), max_length=300, blank=True))
    source = models.CharField(
        _("source"), max_length=400, blank=True, help_text=_("Where the action is documented.")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = PlanPartQuerySet.as_manager()

    class Meta(Recorded.Meta):
        ordering = ["position", "pk"]
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        constraints = [
            models.CheckConstraint(
                condition=Q(horizon_months__range=(SHORTEST_HORIZON, LONGEST_HORIZON)),
                name="action_horizon_1_to_120",
                violation_error_message=_("A horizon has 1 to 120 months."),
            ),
            plausible_day("starts_on", table="action"),
            one_of_or_blank("state_set", ActionState, table="action"),
            models.CheckConstraint(
                condition=Q(state_set="") | ~Q(**{f"state_reason_{LANGUAGE_CODES[0]}": ""}),
                name="action_state_set_with_reason",
                violation_error_message=_("A state that is set by hand needs a reason."),
            ),
            printable(
                *column_names("title"),
                *column_names("topic"),
                *column_names("responsible_words"),
                *column_names("state_reason"),
                "source",
                table="action",
            ),
        ]

    def __str__(self) -> str:
        return self.title


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent(), append_only=True)
class ActionLayer(Action.layers.through):  # type: ignore[name-defined]  # a class that Django makes
    """A layer of an action: a face of the join table, so that its changes are kept and counted too."""

    class Meta:
        proxy = True
        verbose_name = _("layer of an action")
        verbose_name_plural = _("layers of actions")
        triggers = [raises_revision()]

    def __str__(self) -> str:
        return f"{self.action}: {self.layer}"


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent(), append_only=True)
class ActionArea(Action.areas.through):  # type: ignore[name-defined]  # a class that Django makes
    """An area of an action, as above."""

    class Meta:
        proxy = True
        verbose_name = _("application area of an action")
        verbose_name_plural = _("application areas of actions")
        triggers = [raises_revision()]

    def __str__(self) -> str:
        return f"{self.action}: {self.applicationarea}"


@tracked
class Participant(Recorded):
    """Who takes part in an action. With neither actor nor words, the group as such takes part."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="participants", verbose_name=_("action"))
    group = models.CharField(_("group"), max_length=13, choices=ParticipantGroup)
    actor = models.ForeignKey(
        Actor, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("actor")
    )
    words = translated(
        models.CharField(
            _("in words"),
            max_length=200,
            blank=True,
            help_text=_("An organisation that is not in the registry, or a body. No names of people."),
        )
    )

    objects = ActionPartQuerySet.as_manager()

    class Meta(Recorded.Meta):
        ordering = ["pk"]
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        constraints = [
            one_of("group", ParticipantGroup, table="participant"),
            models.UniqueConstraint(fields=["action", "actor"], name="participant_once_an_action"),
            models.UniqueConstraint(
                fields=["action", "group", *column_names("words")],
                condition=Q(actor=None),
                name="participant_words_once_a_group",
            ),
            printable(*column_names("words"), table="participant"),
        ]

    def __str__(self) -> str:
        return str(self.actor or self.words or self.get_group_display())


@tracked
class Milestone(Recorded):
    """What an action wants to have reached on a day, and when it did."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="milestones", verbose_name=_("action"))
    title = translated(models.CharField(_("milestone"), max_length=200), required=True)
    due_on = models.DateField(_("due on"), validators=[check_day])
    reached_on = models.DateField(_("reached on"), null=True, blank=True, validators=[check_day])

    objects = ActionPartQuerySet.as_manager()

    class Meta(Recorded.Meta):
        ordering = ["due_on", "pk"]
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        constraints = [
            plausible_day("due_on", table="milestone"),
            plausible_day("reached_on", table="milestone"),
            printable(*column_names("title"), table="milestone"),
        ]
        indexes = [models.Index("due_on", condition=Q(reached_on=None), name="milestone_open")]

    def __str__(self) -> str:
        return self.title
