"""Who follows a request or an offer without an account, and the mails that go out.

Both hold addresses of people: no history is kept of them, and they are deleted in time (`domain/retention.py`).
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusterportal.core.constraints import one_of
from clusterportal.core.outbox import QueuedMail
from clusterportal.partnering.enums import MailKind
from clusterportal.partnering.models.search import PartnerSearch


class Follower(models.Model):
    """An address that hears of changes and of the end, once it is confirmed."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    search = models.ForeignKey(
        PartnerSearch, models.CASCADE, related_name="followers", verbose_name=_("request or offer")
    )
    email = models.EmailField(_("e-mail"))
    language = models.CharField(_("language"), max_length=10, default=settings.LANGUAGE_CODE)
    created_at = models.DateTimeField(_("created at"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)

    class Meta:
        ordering = ["pk"]
        default_permissions = ()
        verbose_name = _("follower")
        verbose_name_plural = _("followers")
        constraints = [
            models.UniqueConstraint("search", models.functions.Lower("email"), name="follower_once")
        ]

    def __str__(self) -> str:
        return self.email


class MailChoice(models.Model):
    """What a representative wishes to get of suggestions by mail, and until when they were told."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("person")
    )
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    declined_at = models.DateTimeField(_("declined at"), null=True)
    told_until = models.DateTimeField(_("told of what was published until"), null=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("choice of mails")
        verbose_name_plural = _("choices of mails")

    def __str__(self) -> str:
        return str(self.user)


class SearchMail(QueuedMail):
    """A mail to a follower, or to a representative; what it says follows from the records when it leaves."""

    kind = models.CharField(_("kind"), max_length=12, choices=MailKind)
    follower = models.ForeignKey(Follower, models.CASCADE, null=True, related_name="mails")
    choice = models.ForeignKey(MailChoice, models.CASCADE, null=True, related_name="mails")
    since = models.DateTimeField(null=True)  # suggestions: of what was published later

    class Meta(QueuedMail.Meta):
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        constraints = [
            one_of("kind", MailKind, table="searchmail"),
            *QueuedMail.Meta.constraints,
            models.CheckConstraint(
                condition=Q(
                    kind=MailKind.SUGGESTIONS, choice__isnull=False, follower=None, since__isnull=False
                )
                | Q(~Q(kind=MailKind.SUGGESTIONS), choice=None, follower__isnull=False),
                name="searchmail_has_one_reader",
            ),
        ]
