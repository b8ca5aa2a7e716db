"""Webhooks: endpoints of partners that are told of changes, what else is sent to them, and what became of it."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from clusterportal.core.constraints import one_of, one_of_or_blank, printable
from clusterportal.core.models import Timestamped
from clusterportal.core.outbox import QueuedMail
from clusterportal.history.tracking import tracked
from clusterportal.partners.enums import (
    EndpointState,
    FeedObject,
    Operation,
    OrderKind,
    PauseReason,
    Signing,
)
from clusterportal.partners.models.partner import Partner

LONGEST_URL = 500


def _uids(label) -> ArrayField:
    return ArrayField(models.UUIDField(), default=list, blank=True, verbose_name=label)


# What moves with every delivery, and what nobody is to read: no history is kept of them.
_UNTOLD = (
    "secret",
    "former_secret",
    "former_until",
    "epoch",
    "position",
    "failures",
    "due_at",
    "pace",
    "accepted_at",
)


@tracked(without=_UNTOLD)
class WebhookEndpoint(Timestamped):
    """An address of a partner that is told of changes, one after the other, from its own place in the feed.

    `position` of `epoch` is what the receiver has accepted last: whatever happens to workers and servers, delivery
    goes on behind it. The filters hold permanent ids, which stay what they are when something is renamed.
    """

    partner = models.ForeignKey(Partner, models.CASCADE, related_name="endpoints", verbose_name=_("partner"))
    url = models.URLField(pgettext_lazy("webhook", "address"), max_length=LONGEST_URL)
    description = models.CharField(_("description"), max_length=200, blank=True)

    signing = models.CharField(_("signature"), max_length=3, choices=Signing, default=Signing.SYMMETRIC)
    secret = models.TextField(editable=False)  # encrypted
    former_secret = models.TextField(blank=True, editable=False)  # encrypted; signs too, until `former_until`
    former_until = models.DateTimeField(null=True, editable=False)

    objects_told = ArrayField(
        models.CharField(max_length=12, choices=FeedObject),
        default=list,
        blank=True,
        verbose_name=pgettext_lazy("webhook", "records"),
    )
    ops_told = ArrayField(
        models.CharField(max_length=9, choices=Operation),
        default=list,
        blank=True,
        verbose_name=pgettext_lazy("webhook", "events"),
    )
    clusters = _uids(_("clusters"))
    layers = _uids(_("layers"))
    areas = _uids(_("application areas"))

    state = models.CharField(_("state"), max_length=6, choices=EndpointState, default=EndpointState.ACTIVE)
    pause_reason = models.CharField(_("reason"), max_length=10, choices=PauseReason, blank=True)
    paused_at = models.DateTimeField(_("paused since"), null=True, editable=False)

    epoch = models.CharField(max_length=8, editable=False)
    position = models.BigIntegerField(editable=False)
    failures = models.PositiveSmallIntegerField(default=0, editable=False)  # in a row
    due_at = models.DateTimeField(_("next delivery from"), default=timezone.now, editable=False)
    pace = models.PositiveSmallIntegerField(default=0, editable=False)  # seconds between two deliveries
    accepted_at = models.DateTimeField(_("last accepted"), null=True, editable=False)

    class Meta(Timestamped.Meta):
        ordering = ["partner__name", "pk"]
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        constraints = [
            one_of("signing", Signing, table="webhookendpoint"),
            one_of("state", EndpointState, table="webhookendpoint"),
            one_of_or_blank("pause_reason", PauseReason, table="webhookendpoint"),
            printable("url", "description", table="webhookendpoint"),
            models.UniqueConstraint(fields=["partner", "url"], name="webhookendpoint_once"),
            models.CheckConstraint(
                condition=Q(state=EndpointState.ACTIVE, pause_reason="", paused_at=None)
                | Q(state=EndpointState.PAUSED, paused_at__isnull=False) & ~Q(pause_reason=""),
                name="webhookendpoint_paused_says_why",
            ),
            models.CheckConstraint(
                condition=Q(former_secret="", former_until=None)
                | ~Q(former_secret="") & Q(former_until__isnull=False),
                name="webhookendpoint_former_secret_ends",
            ),
        ]

    def __str__(self) -> str:
        return self.url

    def get_absolute_url(self) -> str:
        return reverse("admin:partners_webhookendpoint_change", args=[self.pk])

    @property
    def is_active(self) -> bool:
        return self.state == EndpointState.ACTIVE

    @property
    def narrows_actors(self) -> bool:
        """Whether it is told of some actors only."""
        return bool(self.clusters or self.layers or self.areas)


class ToldActor(models.Model):
    """An actor of which a narrowed endpoint knows, told of or in its copy: once it leaves the filter, it is told."""

    endpoint = models.ForeignKey(WebhookEndpoint, models.CASCADE, related_name="told")
    object = models.CharField(max_length=12, choices=FeedObject)  # actor, or relation of actors
    uid = models.UUIDField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["endpoint", "object", "uid"], name="toldactor_once"),
            one_of("object", FeedObject, table="toldactor"),
        ]

    def __str__(self) -> str:
        return f"{self.object} {self.uid}"


class WebhookOrder(models.Model):
    """What is sent to an endpoint besides the feed: a test, word of a reset, or a range of events once more."""

    is_left_out_of_backups = True  # nothing that was under way goes out of a restored registry

    endpoint = models.ForeignKey(WebhookEndpoint, models.CASCADE, related_name="orders")
    kind = models.CharField(_("kind"), max_length=5, choices=OrderKind)
    # Of the feed; both ends count. A test and a reset have one position, that of their making.
    next_position = models.BigIntegerField()
    last_position = models.BigIntegerField()
    reason = models.CharField(max_length=10, blank=True)  # of a reset: why
    at = models.DateTimeField(_("ordered at"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("ordered by")
    )

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        constraints = [one_of("kind", OrderKind, table="webhookorder")]

    def __str__(self) -> str:
        return f"{self.kind} {self.next_position}–{self.last_position}"


class WebhookAttempt(models.Model):
    """One attempt to deliver one event: what was sent, what came back. The beginnings are kept, for some weeks."""

    is_left_out_of_backups = True  # the doings of this server

    endpoint = models.ForeignKey(WebhookEndpoint, models.CASCADE, related_name="attempts")
    event = models.CharField(pgettext_lazy("webhook", "event"), max_length=80)  # the webhook-id
    type = models.CharField(pgettext_lazy("webhook", "type"), max_length=40)
    position = models.BigIntegerField(null=True)  # in the feed, for what comes from there
    number = models.PositiveSmallIntegerField(_("attempt"), default=1)
    at = models.DateTimeField(_("at"), default=timezone.now)
    duration = models.PositiveIntegerField(_("duration"))  # milliseconds
    status = models.PositiveSmallIntegerField(pgettext_lazy("webhook", "answer"), null=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)  # why there was no answer, in English
    is_accepted = models.BooleanField(_("accepted"))
    request = models.TextField(pgettext_lazy("webhook", "request"))
    answer = models.TextField(pgettext_lazy("webhook", "answer"), blank=True)

    class Meta:
        default_permissions = ()
        ordering = ["-pk"]
        indexes = [
            models.Index("endpoint", "id", name="webhookattempt_latest"),
            models.Index("endpoint", "event", name="webhookattempt_of_event"),
            models.Index("at", name="webhookattempt_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.event} #{self.number}"

    @property
    def outcome(self) -> str:
        """The status of the answer, or why there was none, in the reader's language."""
        return gettext(self.reason) if self.reason else str(self.status or "–")


class WebhookMail(QueuedMail):
    """A mail to the contact of a partner: an endpoint was paused."""

    is_left_out_of_backups = True  # a restored registry writes to nobody about what is long over

    endpoint = models.ForeignKey(WebhookEndpoint, models.CASCADE, related_name="mails")
    pause_reason = models.CharField(max_length=10, choices=PauseReason)
    language = models.CharField(max_length=10, default=settings.LANGUAGE_CODE)
