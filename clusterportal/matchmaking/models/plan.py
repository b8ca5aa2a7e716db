"""Plans of an event, version after version, and their talks."""

import uuid

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clusterportal.core.constraints import one_of
from clusterportal.history.models import Recorded
from clusterportal.matchmaking.enums import PlanState, TalkStatus
from clusterportal.matchmaking.models.event import Event, Slot
from clusterportal.matchmaking.models.registration import Participation
from clusterportal.matchmaking.querysets import PlanQuerySet, TalkQuerySet


class SchedulePlan(Recorded):
    """What the solver found for one state of the wishes; announced plans stay, so that changes can be named."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="plans", verbose_name=_("event"))
    version = models.PositiveSmallIntegerField(_("version"))
    state = models.CharField(_("state"), max_length=10, choices=PlanState, default=PlanState.WAITING)
    stage = models.CharField(_("stage"), max_length=10, blank=True)
    value = models.IntegerField(_("points"), null=True)
    bound = models.IntegerField(_("upper bound"), null=True)
    is_spread = models.BooleanField(_("spread is proven"), default=False)
    size = models.IntegerField(_("variables"), null=True)
    solver = models.CharField(_("solver"), max_length=40, blank=True)
    digest = models.CharField(_("hash of the input"), max_length=64, blank=True)
    findings = models.JSONField(_("open wishes and what would help"), default=dict, encoder=DjangoJSONEncoder)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("made by")
    )
    announced_at = models.DateTimeField(_("announced at"), null=True)

    objects = PlanQuerySet.as_manager()

    class Meta(Recorded.Meta):
        ordering = ["event", "-version"]
        verbose_name = _("plan of talks")
        verbose_name_plural = _("plans of talks")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["event", "version"], name="plan_version_once"),
            one_of("state", PlanState, table="plan"),
            models.CheckConstraint(
                condition=~Q(state=PlanState.READY)
                | Q(value__isnull=False, bound__isnull=False, bound__gte=models.F("value"))
                & ~Q(digest="")
                & ~Q(solver=""),
                name="plan_ready_is_proven",
            ),
            models.CheckConstraint(
                condition=Q(announced_at=None) | Q(state=PlanState.READY), name="plan_announced_is_ready"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event}, {self.version}"

    @property
    def gap(self) -> float:
        """How far above the value the bound lies, as a share of the value; of a plan that is ready."""
        value, bound = self.value or 0, self.bound or 0
        return (bound - value) / value if value else 0.0


class Talk(Recorded):
    """Two participants in a slot at a table. `uid` and `sequence` are those of its entry in calendars."""

    plan = models.ForeignKey(SchedulePlan, models.CASCADE, related_name="talks", verbose_name=_("plan"))
    slot = models.ForeignKey(Slot, models.RESTRICT, related_name="talks", verbose_name=_("slot"))
    table = models.PositiveSmallIntegerField(_("table"))
    one = models.ForeignKey(Participation, models.RESTRICT, related_name="+", verbose_name=_("one"))
    other = models.ForeignKey(Participation, models.RESTRICT, related_name="+", verbose_name=_("other"))
    weight = models.PositiveSmallIntegerField(_("points"), default=0)
    status = models.CharField(_("status"), max_length=10, choices=TalkStatus, default=TalkStatus.PLANNED)
    uid = models.UUIDField(default=uuid.uuid4, editable=False)
    sequence = models.PositiveSmallIntegerField(default=0, editable=False)
    outcome = models.TextField(_("outcome"), blank=True)
    project_started_on = models.DateField(_("cooperation started on"), null=True, blank=True)

    objects = TalkQuerySet.as_manager()

    class Meta(Recorded.Meta):
        ordering = ["plan", "slot__is_next_day", "slot__starts", "table"]
        verbose_name = _("talk")
        verbose_name_plural = _("talks")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "slot", "table"],
                condition=~Q(status__in=[TalkStatus.CANCELLED, TalkStatus.NO_SHOW]),
                name="talk_table_once",
            ),
            models.UniqueConstraint(fields=["plan", "uid"], name="talk_uid_once"),
            models.CheckConstraint(condition=Q(one__lt=models.F("other")), name="talk_pair_in_order"),
            models.CheckConstraint(condition=Q(table__gte=1), name="talk_has_a_table"),
            one_of("status", TalkStatus, table="talk"),
        ]

    def __str__(self) -> str:
        return f"{self.one} – {self.other}"

    def partner_of(self, participation: Participation) -> Participation:
        return self.other if self.one_id == participation.pk else self.one
