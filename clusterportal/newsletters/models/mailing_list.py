"""What people subscribe to: the newsletter of a cluster, or of the portal, in one language."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from clusterportal.clusters.models import Cluster, ClusterRecord
from clusterportal.history.tracking import tracked
from clusterportal.newsletters.querysets import MailingListQuerySet


@tracked
class MailingList(ClusterRecord):
    """A list has one language; a newsletter in two languages has two lists."""

    cluster = models.ForeignKey(  # type: ignore[assignment]  # those of the portal have none
        Cluster,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="mailing_lists",
        verbose_name=_("cluster"),
        help_text=_("Empty: the list of the portal."),
    )
    language = models.CharField(
        _("language"), max_length=10, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    slug = models.SlugField(
        _("address"),
        unique=True,
        max_length=80,
        help_text=_("Part of the list’s name in mail programs (List-Id)."),
    )
    name = models.CharField(_("name"), max_length=160, help_text=_("In the language of the list."))
    description = models.CharField(
        _("description"), max_length=300, blank=True, help_text=_("What readers get, and how often.")
    )
    reply_to = models.EmailField(_("answers go to"), blank=True)
    is_active = models.BooleanField(_("open for subscriptions"), default=True)

    objects = MailingListQuerySet.as_manager()  # type: ignore[misc]  # a narrower one than of every record

    class Meta(ClusterRecord.Meta):
        ordering = ["cluster__position", "cluster__slug", "language"]
        verbose_name = _("mailing list")
        verbose_name_plural = _("mailing lists")
        constraints = [
            models.UniqueConstraint(
                fields=["cluster", "language"], nulls_distinct=False, name="mailinglist_once_a_language"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.language})"
