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
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

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

    event = models.ForeignKey(
        Event, models.CASCADE, related_name="participations", verbose_name=gettext_lazy("event")
    )
    actor = models.ForeignKey(
        Actor, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=gettext_lazy("actor")
    )
    organisation = models.CharField(
        gettext_lazy("organisation"),
        max_length=200,
        blank=True,
        help_text=gettext_lazy("If it is not in the registry."),
    )
    confirmed_at = models.DateTimeField(gettext_lazy("confirmed at"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(gettext_lazy("withdrawn at"), null=True, blank=True)

    is_taken_out = models.BooleanField(
        gettext_lazy("taken out by the organisers"),
        default=False,
        help_text=gettext_lazy("As long as this is set, the organisation cannot register again."),
    )

    objects = ParticipationQuerySet.as_manager()

    class Meta(Recorded.Meta):
        ordering = ["event", "pk"]
        verbose_name = pgettext_lazy("of an organisation", "participation")
        verbose_name_plural = pgettext_lazy("of an organisation", "participations")
        constraints = [
            models.UniqueConstraint(
                fields=["event", "actor"],
                name="participation_once",
                violation_error_message=gettext_lazy("This organisation is registered already."),
            ),
            models.UniqueConstraint(
                "event",
                Lower("organisation"),
                condition=Q(actor=None),
                name="participation_once_by_name",
                violation_error_message=gettext_lazy("This organisation is registered already."),
            ),
            printable("organisation", table="participation"),
        ]

    def __str__(self) -> str:
        """The actor, if everybody may read its name: other participants see this."""
        return str(self.actor) if self.actor and self.actor.is_published else self.organisation

    @property
    def cluster_id(self) -> int | None:
        return self.event.cluster_id if self.event_id else None

    def clean(self):
        super().clean()
        if not self.actor and not self.organisation:
            raise ValidationError(_("Choose an actor, or name the organisation."))
        if self.actor and not self.organisation:
            self.organisation = self.actor.name


class Representative(models.Model):
    """A person who comes for a participant, with one talk at a time; signs in by a link, without an account.

    Counts from `confirmed_at` on. Where the organisation is registered already, its address alone is not enough: then
    `waits_since` is set until a colleague, or the organiser, confirms the person.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    participation = models.ForeignKey(
        Participation, models.CASCADE, related_name="people", verbose_name=gettext_lazy("participation")
    )
    name = models.CharField(gettext_lazy("name"), max_length=160)
    email = models.EmailField(gettext_lazy("e-mail"))
    language = models.CharField(gettext_lazy("language"), max_length=10, default=settings.LANGUAGE_CODE)
    consent_at = models.DateTimeField(gettext_lazy("consent at"), default=timezone.now)
    consent_text = models.CharField(
        gettext_lazy("text agreed to"), max_length=20, help_text=gettext_lazy("Version of the text.")
    )
    waits_since = models.DateTimeField(
        gettext_lazy("waits for a colleague since"),
        null=True,
        blank=True,
        help_text=gettext_lazy("The address is theirs; somebody of the organisation has to know them."),
    )
    confirmed_at = models.DateTimeField(gettext_lazy("confirmed at"), null=True, blank=True)
    away = models.ManyToManyField(
        Slot, blank=True, related_name="away", verbose_name=gettext_lazy("not there in")
    )
    is_here = models.BooleanField(gettext_lazy("came"), null=True, blank=True)

    class Meta:
        ordering = ["participation", "pk"]
        verbose_name = gettext_lazy("representative")
        verbose_name_plural = gettext_lazy("representatives")
        constraints = [
            models.UniqueConstraint(
                "participation",
                Lower("email"),
                name="representative_once",
                violation_error_message=gettext_lazy("This person is registered already."),
            ),
            printable("name", table="representative"),
        ]

    def __str__(self) -> str:
        return self.name


class Wish(models.Model):
    """What one participant says about a talk with another one."""

    source = models.ForeignKey(
        Participation, models.CASCADE, related_name="wishes", verbose_name=gettext_lazy("wish of")
    )
    target = models.ForeignKey(
        Participation, models.CASCADE, related_name="sought_by", verbose_name=gettext_lazy("talk with")
    )
    stance = models.CharField(gettext_lazy("answer"), max_length=6, choices=Stance, default=Stance.WISH)
    is_repeatable = models.BooleanField(
        gettext_lazy("more than once"), default=False, help_text=gettext_lazy("Two talks, if both say so.")
    )

    objects = OfEventQuerySet.as_manager()

    class Meta:
        ordering = ["source", "target"]
        verbose_name = gettext_lazy("wish")
        verbose_name_plural = gettext_lazy("wishes")
        constraints = [
            models.UniqueConstraint(fields=["source", "target"], name="wish_once"),
            models.CheckConstraint(
                condition=~Q(source=models.F("target")),
                name="wish_for_another",
                violation_error_message=gettext_lazy("Nobody meets themselves."),
            ),
            one_of("stance", Stance, table="wish"),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.target}"

    def clean(self):
        super().clean()
        ends = (self.source_id, self.target_id)
        if all(ends) and self.source.event_id != self.target.event_id:
            raise ValidationError({"target": _("This participant comes to another event.")})
