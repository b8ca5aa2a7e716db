"""Issues of a newsletter: what they say, and the mails that carry them, one row for each recipient."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from clusterportal.clusters.models import Cluster, ClusterRecord
from clusterportal.core.constraints import one_of, one_of_or_blank
from clusterportal.core.languages import LANGUAGE_CODES, translated
from clusterportal.core.outbox import MailState, QueuedMail
from clusterportal.history.models import Recorded
from clusterportal.history.tracking import tracked
from clusterportal.newsletters.enums import HoldReason, IssueState
from clusterportal.newsletters.models.mailing_list import MailingList
from clusterportal.newsletters.models.subscription import Subscription
from clusterportal.newsletters.querysets import IssueMailQuerySet, IssueQuerySet
from clusterportal.newsroom.models import Contribution


@tracked
class Issue(ClusterRecord):
    """One issue, in each language that has a title; it goes to the lists of its cluster, or of the portal."""

    cluster = models.ForeignKey(  # type: ignore[assignment]  # those of the portal have none
        Cluster,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="newsletter_issues",
        verbose_name=_("cluster"),
        help_text=_("Empty: an issue of the portal."),
    )
    slug = models.SlugField(_("address"), unique=True, max_length=80)
    title = translated(
        models.CharField(
            _("title"),
            max_length=160,
            blank=True,
            help_text=_("Also the subject. Without it, no issue in this language."),
        )
    )
    introduction = translated(
        models.TextField(
            _("introduction"), blank=True, help_text=_("Plain text; an empty line begins a paragraph.")
        )
    )
    state = models.CharField(
        _("state"), max_length=10, choices=IssueState, default=IssueState.DRAFT, editable=False
    )
    send_at = models.DateTimeField(_("to be sent at"), null=True, editable=False)
    hold_reason = models.CharField(_("reason"), max_length=10, choices=HoldReason, blank=True, editable=False)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("released by"),
    )
    started_at = models.DateTimeField(_("sending began at"), null=True, editable=False)
    finished_at = models.DateTimeField(_("sent at"), null=True, editable=False)

    objects = IssueQuerySet.as_manager()  # type: ignore[misc]  # a narrower one than of every record

    class Meta(ClusterRecord.Meta):
        ordering = ["-started_at", "-pk"]
        verbose_name = _("issue")
        verbose_name_plural = _("issues")
        permissions = [("send_issue", "Can send issues")]
        constraints = [
            one_of("state", IssueState, table="issue"),
            one_of_or_blank("hold_reason", HoldReason, table="issue"),
            models.CheckConstraint(
                condition=Q(state=IssueState.HELD) ^ Q(hold_reason=""), name="issue_held_says_why"
            ),
            models.CheckConstraint(
                condition=Q(state=IssueState.DRAFT) | Q(send_at__isnull=False),
                name="issue_under_way_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.slug

    def get_absolute_url(self) -> str:
        return reverse("pages:newsletter-issue", args=[self.slug])

    @property
    def languages(self) -> list[str]:
        """The languages in which it goes out."""
        return [code for code in LANGUAGE_CODES if getattr(self, f"title_{code}")]

    @property
    def is_open(self) -> bool:
        """Whether it can still be changed: nothing of it went out."""
        return self.started_at is None


@tracked
class IssueItem(Recorded):
    """A contribution in an issue; or a link of the team's own, with title and lead."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="items", verbose_name=_("issue"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    contribution = models.ForeignKey(
        Contribution, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("contribution")
    )
    title = translated(models.CharField(_("title"), max_length=300, blank=True))
    lead = translated(models.TextField(_("lead"), max_length=2000, blank=True))
    url = models.URLField(_("web address"), blank=True)

    class Meta(Recorded.Meta):
        ordering = ["position", "pk"]
        verbose_name = _("item of an issue")
        verbose_name_plural = _("items of an issue")
        constraints = [
            models.UniqueConstraint(fields=["issue", "contribution"], name="issueitem_once"),
            models.CheckConstraint(
                condition=Q(contribution__isnull=False)
                | ~Q(url="") & Q(**{f"title_{LANGUAGE_CODES[0]}__gt": ""}),
                name="issueitem_says_something",
                violation_error_message=_("Choose a contribution, or give title and address of a link."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.contribution or self.title or self.url)


class IssueEdition(models.Model):
    """What an issue says in one language, fixed when sending begins: for all mails, and for the archive."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="editions", verbose_name=_("issue"))
    language = models.CharField(_("language"), max_length=10)
    content = models.JSONField(_("content"))

    class Meta:
        default_permissions = ()
        ordering = ["issue", "language"]
        constraints = [models.UniqueConstraint(fields=["issue", "language"], name="edition_once")]

    def __str__(self) -> str:
        return f"{self.issue}: {self.language}"


class IssueMail(QueuedMail):
    """One issue to one recipient: planned, taken in hand before the mail server is spoken to, then sent or not.

    Its key is its Message-ID for good, and signs its address for bounces.
    """

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="mails", verbose_name=_("issue"))
    subscription = models.ForeignKey(
        Subscription, models.SET_NULL, null=True, related_name="mails", verbose_name=_("subscriber")
    )
    list = models.ForeignKey(MailingList, models.CASCADE, related_name="+", verbose_name=_("mailing list"))

    objects = IssueMailQuerySet.as_manager()  # type: ignore[misc]  # of its own kind

    class Meta(QueuedMail.Meta):
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        constraints = [
            *QueuedMail.Meta.constraints,
            models.UniqueConstraint(fields=["issue", "to"], condition=~Q(to=""), name="issuemail_once"),
            models.CheckConstraint(
                condition=~Q(state=MailState.SENT) | Q(sent_at__isnull=False),
                name="issuemail_sent_has_a_date",
            ),
        ]
        indexes = [
            models.Index("due_at", "id", condition=Q(state=MailState.WAITING), name="issuemail_due"),
            models.Index("issue", "state", name="issuemail_progress"),
            models.Index("claimed_at", name="issuemail_claimed"),
        ]
