"""Mails that came back, and addresses that get none any more."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusterportal.core.constraints import one_of
from clusterportal.newsletters.enums import SuppressionReason
from clusterportal.newsletters.models.issue import IssueMail


class Bounce(models.Model):
    """What the recipient’s mail server said of one mail: once for good, or for the time being."""

    mail = models.ForeignKey(IssueMail, models.CASCADE, related_name="bounces", verbose_name=_("mail"))
    email = models.EmailField(_("e-mail"))
    status = models.CharField(_("status"), max_length=12, help_text=_("As RFC 3463 numbers it."))
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]
        default_permissions = ()
        verbose_name = _("bounce")
        verbose_name_plural = _("bounces")
        constraints = [models.UniqueConstraint(fields=["mail", "status"], name="bounce_once_a_mail")]
        indexes = [models.Index("email", name="bounce_email")]

    def __str__(self) -> str:
        return f"{self.email}: {self.status}"


class Suppression(models.Model):
    """An address that gets no newsletter, whatever it subscribed to."""

    email = models.EmailField(_("e-mail"), unique=True)
    reason = models.CharField(_("reason"), max_length=10, choices=SuppressionReason)
    status = models.CharField(_("status"), max_length=12, blank=True)
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("suppressed address")
        verbose_name_plural = _("suppressed addresses")
        constraints = [one_of("reason", SuppressionReason, table="suppression")]

    def __str__(self) -> str:
        return self.email
