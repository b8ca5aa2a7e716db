"""Mails to people who come to an event."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from clusterportal.core.constraints import one_of
from clusterportal.core.outbox import QueuedMail
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

    class Meta(QueuedMail.Meta):
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        constraints = [
            one_of("kind", MailKind, table="meetingmail"),
            *QueuedMail.Meta.constraints,
        ]
