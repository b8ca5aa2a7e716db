"""Letters that ask an actor whether its entry is still right."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from actors.models import Actor
from clusterportal.quality.querysets import OfActorQuerySet


class Reminder(models.Model):
    """One letter. The address is personal, so it is forgotten after a while; the rest stays."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="reminders", verbose_name=_("actor"))
    sent_at = models.DateTimeField(_("sent at"))
    to = models.EmailField(_("sent to"), blank=True, help_text=_("Forgotten after 400 days."))
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    objects = OfActorQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-pk"]
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(answered_at__gte=models.F("sent_at")),
                name="reminder_answered_after_sent",
            ),
        ]
        indexes = [models.Index("actor", "sent_at", name="reminder_by_actor")]

    def __str__(self) -> str:
        return f"{self.actor}, {self.sent_at:%Y-%m-%d}"
