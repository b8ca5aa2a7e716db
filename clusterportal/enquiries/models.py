"""Enquiries of visitors, and the mails that carry them.

Both hold personal data of people who asked once: no history is kept of them, and they are emptied in time
(`domain/retention.py`).
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from actors.models import Actor
from clusterportal.clusters.models import Cluster
from clusterportal.core.constraints import one_of
from clusterportal.core.outbox import MailState, QueuedMail
from clusterportal.enquiries.enums import EnquiryState, MailKind
from clusterportal.enquiries.querysets import EnquiryQuerySet

PERSONAL = ("text", "name", "organisation", "email", "phone")  # emptied after the term


class Enquiry(models.Model):
    """What a visitor seeks: from an actor, from the management of a cluster, or from the operator."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    actor = models.ForeignKey(
        Actor, models.CASCADE, null=True, related_name="enquiries", verbose_name=_("actor")
    )
    cluster = models.ForeignKey(
        Cluster, models.SET_NULL, null=True, related_name="+", verbose_name=_("cluster")
    )
    # What it answers, where a room above has it: nothing of the visitor, so it stays when they are forgotten.
    subject_uid = models.UUIDField(null=True, editable=False)
    subject = models.CharField(_("about"), max_length=300, blank=True, editable=False)
    subject_page = models.CharField(max_length=300, blank=True, editable=False)  # its path
    text = models.TextField(_("what is sought"), blank=True)
    name = models.CharField(_("name"), max_length=160, blank=True)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=10, default=settings.LANGUAGE_CODE)
    created_at = models.DateTimeField(_("created at"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)
    forgotten_at = models.DateTimeField(_("visitor’s data erased at"), null=True)

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("enquiry")
        verbose_name_plural = _("enquiries")
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=Q(forgotten_at=None) | Q(**dict.fromkeys(PERSONAL, "")),
                name="enquiry_forgotten_names_nobody",
            )
        ]
        indexes = [models.Index("created_at", condition=Q(forgotten_at=None), name="enquiry_to_forget")]

    def __str__(self) -> str:
        """Whom it asks."""
        if self.cluster:
            return gettext("Management of %(cluster)s") % {"cluster": self.cluster}
        return str(self.actor or gettext("Operator of the portal"))

    def get_state_display(self) -> str:
        """Of an enquiry that was read `with_state`."""
        return str(EnquiryState(self.state).label)  # type: ignore[attr-defined]  # annotated


class EnquiryMail(QueuedMail):
    """A mail that asks the visitor, carries the enquiry, or copies it; what it says follows from the enquiry."""

    enquiry = models.ForeignKey(Enquiry, models.CASCADE, related_name="mails", verbose_name=_("enquiry"))
    kind = models.CharField(_("kind"), max_length=10, choices=MailKind)
    language = models.CharField(_("language"), max_length=10, default=settings.LANGUAGE_CODE)

    class Meta(QueuedMail.Meta):
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        constraints = [
            one_of("kind", MailKind, table="enquirymail"),
            *QueuedMail.Meta.constraints,
            models.UniqueConstraint(fields=["enquiry", "kind", "to"], name="enquirymail_once"),
            models.CheckConstraint(
                condition=~Q(state=MailState.SENT) | Q(sent_at__isnull=False),
                name="enquirymail_sent_has_a_date",
            ),
        ]
