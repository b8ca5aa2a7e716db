"""Mails to people who come to an event."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clusterportal.core.constraints import one_of
from clusterportal.core.outbox import MailState, QueuedMail, QueuedMailQuerySet
from clusterportal.matchmaking.enums import MailKind
from clusterportal.matchmaking.models.plan import SchedulePlan
from clusterportal.matchmaking.models.registration import Representative


class MeetingMail(QueuedMail):
    """What it says follows from the person and the plan when it is sent."""

    person = models.ForeignKey(
        Representative, models.CASCADE, related_name="mails", verbose_name=_("representative")
    )
    plan = models.ForeignKey(
        SchedulePlan, models.CASCADE, null=True, related_name="mails", verbose_name=_("plan")
    )
    about = models.ForeignKey(
        Representative,
        models.CASCADE,
        null=True,
        related_name="+",
        verbose_name=_("about"),
        help_text=_("The colleague whom the mail asks to confirm."),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=MailKind)

    objects = QueuedMailQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        default_permissions = ()
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        constraints = [
            one_of("kind", MailKind, table="meetingmail"),
            one_of("state", MailState, table="meetingmail"),
        ]
        indexes = [
            models.Index("due_at", "id", condition=Q(state=MailState.WAITING), name="meetingmail_due"),
            models.Index("claimed_at", condition=Q(state=MailState.SENDING), name="meetingmail_in_hand"),
        ]

    def __str__(self) -> str:
        return self.to
