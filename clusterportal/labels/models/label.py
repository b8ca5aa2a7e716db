"""Labels that a cluster was given, and the mails that remind of their end."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from clusterportal.clusters.models import ClusterRecord
from clusterportal.core.constraints import one_of, web_address
from clusterportal.core.outbox import QueuedMail
from clusterportal.history.tracking import tracked
from clusterportal.labels.enums import LabelKind
from clusterportal.labels.querysets import LabelQuerySet


@tracked
class Label(ClusterRecord):
    """A label from one assessment on. Whether it is valid, follows from its dates (`domain.validity`)."""

    kind = models.CharField(_("label"), max_length=12, choices=LabelKind)
    assessed_on = models.DateField(
        _("assessed on"), help_text=_("Day of the interview, the audit or the admission.")
    )
    renews = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="renewals",
        verbose_name=_("renews"),
        help_text=_("The label whose validity goes on with this one, without a break."),
    )
    valid_from = models.DateField(
        _("valid from"),
        blank=True,
        help_text=_(
            "Left empty: by the rule, from the month of the assessment or from the end of the former one."
        ),
    )
    valid_until = models.DateField(
        _("no longer valid from"),
        null=True,
        blank=True,
        help_text=_("The first day after its validity. Left empty: by the rule, where there is one."),
    )
    certificate = models.URLField(_("certificate"), blank=True, help_text=_("Where it is published."))

    objects = LabelQuerySet.as_manager()  # type: ignore[misc]  # narrower than the base

    class Meta(ClusterRecord.Meta):
        ordering = ["cluster", "valid_from", "pk"]
        verbose_name = _("label")
        verbose_name_plural = _("labels")
        constraints = [
            one_of("kind", LabelKind, table="label"),
            web_address("certificate", table="label"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
                name="label_ends_after_it_began",
            ),
            models.UniqueConstraint(
                fields=["renews"], condition=Q(renews__isnull=False), name="label_renewed_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.cluster}"


class LabelReminder(QueuedMail):
    """One person was told, so many days before, that a label ends. The database lets nobody be told twice."""

    label = models.ForeignKey(Label, models.CASCADE, related_name="reminders")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    ends_on = models.DateField()  # a label that got another end reminds anew
    days = models.PositiveSmallIntegerField()

    class Meta(QueuedMail.Meta):
        constraints = [
            *QueuedMail.Meta.constraints,
            models.UniqueConstraint(fields=["label", "user", "ends_on", "days"], name="label_reminder_once"),
        ]
        indexes: ClassVar[list[models.Index]] = []  # few, and sent in the run that writes them

    def __str__(self) -> str:
        return f"{self.label}: {self.days}"
