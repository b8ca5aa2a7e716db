"""Who subscribed, and the proof of it: what German courts want to see (BGH I ZR 164/09, OLG München).

An order is a request that nobody confirmed yet; it becomes a subscription by the button on the page that the mail
leads to. Wording, request, mail, confirmation, later changes and the end are kept for each person, printable at any
time. No history is kept of these tables: they are their own history, and are erased in time (`domain/retention.py`).
"""

import hashlib
import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusterportal.core.constraints import one_of
from clusterportal.core.outbox import MailState, QueuedMail
from clusterportal.history.models import FROZEN
from clusterportal.newsletters.enums import Form, StepKind, Way
from clusterportal.newsletters.models.mailing_list import MailingList
from clusterportal.newsletters.querysets import SubscriptionQuerySet


class Declaration(models.Model):
    """The wording to which somebody agreed; each wording stands once, its number is its version."""

    language = models.CharField(_("language"), max_length=10)
    text = models.TextField(_("wording"))
    digest = models.CharField(_("SHA-256 of the wording"), max_length=64, unique=True)
    first_used_at = models.DateTimeField(_("first used at"), default=timezone.now)

    class Meta:
        default_permissions = ()
        verbose_name = _("wording of a consent")
        verbose_name_plural = _("wordings of consents")
        triggers = [pgtrigger.Protect(name=FROZEN, operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.pk} ({self.language})"


class Order(models.Model):
    """What somebody typed into the form; the lists are subscribed to when the mail is confirmed."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail"))
    lists = models.ManyToManyField(MailingList, related_name="orders", verbose_name=_("lists"))
    language = models.CharField(_("language"), max_length=10, default=settings.LANGUAGE_CODE)
    form = models.CharField(_("form"), max_length=4, choices=Form, default=Form.HTML)
    declaration = models.ForeignKey(Declaration, models.PROTECT, verbose_name=_("wording"))
    page = models.URLField(_("page of the form"))
    requested_at = models.DateTimeField(_("requested at"), default=timezone.now)
    network = models.GenericIPAddressField(_("shortened network address"), null=True)
    confirmed_at = models.DateTimeField(_("confirmed at, by button"), null=True)

    class Meta:
        ordering = ["-requested_at", "-pk"]
        default_permissions = ()
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        constraints = [one_of("form", Form, table="newsletterorder")]
        indexes = [models.Index("requested_at", condition=Q(confirmed_at=None), name="newsletterorder_open")]

    def __str__(self) -> str:
        return self.email


class ConfirmationMail(QueuedMail):
    """The mail that asks for the confirmation, with the text that went out; its key is its Message-ID."""

    order = models.OneToOneField(Order, models.CASCADE, related_name="mail", verbose_name=_("order"))
    text = models.TextField(_("text"), blank=True)

    class Meta(QueuedMail.Meta):
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        indexes = [
            models.Index("due_at", "id", condition=Q(state=MailState.WAITING), name="confirmationmail_due"),
        ]

    @property
    def digest(self) -> str:
        """SHA-256 of subject and text as they went out."""
        return hashlib.sha256(self.text.encode()).hexdigest()


class Subscription(models.Model):
    """Somebody reads a list; after the end, the proof is kept restricted until its term is over."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    list = models.ForeignKey(
        MailingList, models.CASCADE, related_name="subscriptions", verbose_name=_("mailing list")
    )
    order = models.ForeignKey(Order, models.PROTECT, related_name="subscriptions", verbose_name=_("order"))
    email = models.EmailField(_("e-mail"))
    form = models.CharField(_("form"), max_length=4, choices=Form, default=Form.HTML)
    confirmed_at = models.DateTimeField(_("confirmed at, by button"))
    ended_at = models.DateTimeField(_("ended at"), null=True)
    ended_by = models.CharField(_("ended"), max_length=10, choices=Way, blank=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        ordering = ["email", "pk"]
        verbose_name = _("subscriber")
        verbose_name_plural = _("subscribers")
        default_permissions = ("view", "change")
        constraints = [
            one_of("form", Form, table="subscription"),
            models.UniqueConstraint(
                fields=["list", "email"], condition=Q(ended_at=None), name="subscription_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by="") | Q(ended_at__isnull=False, ended_by__in=Way.values),
                name="subscription_end_says_how",
            ),
        ]
        indexes = [
            models.Index("email", name="subscription_email"),
            models.Index("ended_at", condition=Q(ended_at__isnull=False), name="subscription_ended"),
        ]

    def __str__(self) -> str:
        return self.email


class SubscriptionStep(models.Model):
    """A later change of a subscription, as part of its proof; never rewritten."""

    subscription = models.ForeignKey(
        Subscription, models.CASCADE, related_name="steps", verbose_name=_("subscriber")
    )
    at = models.DateTimeField(_("at"), default=timezone.now)
    kind = models.CharField(_("what happened"), max_length=16, choices=StepKind)
    detail = models.CharField(_("details"), max_length=300, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        default_permissions = ()
        constraints = [one_of("kind", StepKind, table="subscriptionstep")]
        triggers = [pgtrigger.Protect(name=FROZEN, operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.kind}"
