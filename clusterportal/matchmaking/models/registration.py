"""Who takes part, the people who come, and whom they wish to meet.

People and wishes are personal and private: no history is kept of them, and they are erased some months after the event
(`domain/forgetting.py`).
"""

import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from actors.models import Actor
from clusterportal.core.constraints import one_of, printable
from clusterportal.history.models import Recorded
from clusterportal.history.tracking import tracked
from clusterportal.matchmaking.enums import Stance
from clusterportal.matchmaking.models.event import Event, Slot
from clusterportal.matchmaking.querysets import OfEventQuerySet, ParticipationQuerySet


@tracked
class Participation(Recorded):
    """An organisation at an event: an actor of the registry, or one that is named here alone."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="participations", verbose_name=_("event"))
    actor = models.ForeignKey(
        Actor, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("actor")
    )
    organisation = models.CharField(
        _("organisation"), max_length=200, blank=True, help_text=_("If it is not in the registry.")
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    objects = ParticipationQuerySet.as_manager()

    class Meta(Recorded.Meta):
        ordering = ["event", "pk"]
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        constraints = [
            models.UniqueConstraint(
                fields=["event", "actor"],
                name="participation_once",
                violation_error_message=_("This organisation is registered already."),
            ),
            models.UniqueConstraint(
                "event",
                Lower("organisation"),
                condition=Q(actor=None),
                name="participation_once_by_name",
                violation_error_message=_("This organisation is registered already."),
            ),
            printable("organisation", table="participation"),
        ]

    def __str__(self) -> str:
        return str(self.actor) if self.actor else self.organisation

    @property
    def cluster_id(self) -> int | None:
        return self.event.cluster_id if self.event_id else None

    def clean(self):
        super().clean()
        if not self.actor and not self.organisation:
            raise ValidationError(_now("Choose an actor, or name the organisation."))


class Representative(models.Model):
    """A person who comes for a participant, with one talk at a time; signs in by a link, without an account."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    participation = models.ForeignKey(
        Participation, models.CASCADE, related_name="people", verbose_name=_("participation")
    )
    name = models.CharField(_("name"), max_length=160)
    email = models.EmailField(_("e-mail"))
    language = models.CharField(_("language"), max_length=10, default=settings.LANGUAGE_CODE)
    consent_at = models.DateTimeField(_("consent at"), default=timezone.now)
    consent_text = models.CharField(_("text agreed to"), max_length=20, help_text=_("Version of the text."))
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    away = models.ManyToManyField(Slot, blank=True, related_name="away", verbose_name=_("not there in"))
    is_here = models.BooleanField(_("came"), null=True, blank=True)

    class Meta:
        ordering = ["participation", "pk"]
        verbose_name = _("representative")
        verbose_name_plural = _("representatives")
        constraints = [
            models.UniqueConstraint(
                "participation",
                Lower("email"),
                name="representative_once",
                violation_error_message=_("This person is registered already."),
            ),
            printable("name", table="representative"),
        ]

    def __str__(self) -> str:
        return self.name


class Wish(models.Model):
    """What one participant says about a talk with another one."""

    source = models.ForeignKey(
        Participation, models.CASCADE, related_name="wishes", verbose_name=_("wish of")
    )
    target = models.ForeignKey(
        Participation, models.CASCADE, related_name="sought_by", verbose_name=_("talk with")
    )
    stance = models.CharField(_("answer"), max_length=6, choices=Stance, default=Stance.WISH)
    is_repeatable = models.BooleanField(
        _("more than once"), default=False, help_text=_("Two talks, if both say so.")
    )

    objects = OfEventQuerySet.as_manager()

    class Meta:
        ordering = ["source", "target"]
        verbose_name = _("wish")
        verbose_name_plural = _("wishes")
        constraints = [
            models.UniqueConstraint(fields=["source", "target"], name="wish_once"),
            models.CheckConstraint(
                condition=~Q(source=models.F("target")),
                name="wish_for_another",
                violation_error_message=_("Nobody meets themselves."),
            ),
            one_of("stance", Stance, table="wish"),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.target}"

    def clean(self):
        super().clean()
        ends = (self.source_id, self.target_id)
        if all(ends) and self.source.event_id != self.target.event_id:
            raise ValidationError({"target": _now("This participant comes to another event.")})
