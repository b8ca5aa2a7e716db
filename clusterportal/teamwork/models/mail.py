"""Mails that this room sends: letters to the contacts of actors, and news for the team."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from actors.models import Actor
from clusterportal.core.constraints import one_of
from clusterportal.core.models import Timestamped
from clusterportal.core.outbox import TROUBLED, MailState, QueuedMail
from clusterportal.review.models import Proposal, ProposalNote
from clusterportal.teamwork.enums import Rhythm
from clusterportal.teamwork.querysets import LetterQuerySet


class Letter(Timestamped):
    """What somebody wrote to the contacts of chosen actors; to whom it went, say its mails."""

    ticket = models.UUIDField(
        _("ticket"), unique=True, editable=False
    )  # of the preview: one press, one letter
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"), max_length=10_000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("written by")
    )
    reply_to = models.EmailField(_("answers go to"))
    language = models.CharField(_("language"), max_length=10)

    objects = LetterQuerySet.as_manager()

    class Meta(Timestamped.Meta):
        ordering = ["-created_at", "-pk"]
        verbose_name = _("letter")
        verbose_name_plural = _("letters")

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("admin:teamwork_letter_change", args=[self.pk])


class OutgoingMail(QueuedMail):
    """One mail to one person, either of a letter or with news for `user`.

    News go to the address that the account has then, so `to` is empty.
    """

    letter = models.ForeignKey(Letter, models.CASCADE, null=True, related_name="mails")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    actor = models.ForeignKey(Actor, models.SET_NULL, null=True, related_name="+", verbose_name=_("actor"))
    name = models.CharField(_("name"), max_length=300, blank=True)
    about = models.TextField(_("actors"), blank=True)

    class Meta(QueuedMail.Meta):
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        constraints = [
            *QueuedMail.Meta.constraints,
            models.CheckConstraint(
                condition=Q(letter__isnull=False, user=None) | Q(letter=None, user__isnull=False),
                name="outgoingmail_is_letter_or_news",
            ),
            models.CheckConstraint(
                condition=~Q(state=MailState.SENT) | Q(sent_at__isnull=False),
                name="outgoingmail_sent_has_a_date",
            ),
        ]

    def __str__(self) -> str:
        return self.to or str(self.user or self.pk)

    @property
    def is_troubled(self) -> bool:
        """Whether a person has to decide what becomes of it."""
        return self.state in TROUBLED


class MailSetting(models.Model):
    """How often a person is told of proposals; without one, once a day."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mail_setting")
    rhythm = models.CharField(_("mails about proposals"), max_length=10, choices=Rhythm, default=Rhythm.DAILY)
    told_on = models.DateField(
        null=True
    )  # the last day on which it was looked whether there is anything to tell

    class Meta:
        default_permissions = ()
        constraints = [one_of("rhythm", Rhythm, table="mailsetting")]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_rhythm_display()}"


class News(models.Model):
    """That a person was told of a proposal, or of an answer; the database lets nobody be told twice."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="+")
    answer = models.ForeignKey(ProposalNote, models.CASCADE, null=True, related_name="+")
    mail = models.ForeignKey(OutgoingMail, models.SET_NULL, null=True, related_name="news")

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["user", "proposal"], condition=Q(answer=None), name="news_proposal_once"
            ),
            models.UniqueConstraint(fields=["user", "answer"], name="news_answer_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.proposal}"
