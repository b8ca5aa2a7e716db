"""What became of the websites that actors name."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from actors.models import Actor
from clusterportal.core.constraints import one_of, web_address
from clusterportal.quality.enums import LinkStatus
from clusterportal.quality.querysets import LinkQuerySet


class LinkCheck(models.Model):
    """The last look at the website of an actor."""

    actor = models.OneToOneField(Actor, models.CASCADE, related_name="link_check", verbose_name=_("actor"))
    url = models.URLField(_("website"), max_length=500)
    status = models.CharField(_("status"), max_length=10, choices=LinkStatus)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    failures = models.PositiveSmallIntegerField(
        _("failures in a row"), default=0, help_text=_("Each counted on another day.")
    )
    final_url = models.URLField(_("new address"), max_length=500, blank=True)
    checked_at = models.DateTimeField(_("checked at"))

    objects = LinkQuerySet.as_manager()

    class Meta:
        ordering = ["-checked_at", "pk"]
        verbose_name = _("website check")
        verbose_name_plural = _("website checks")
        constraints = [
            one_of("status", LinkStatus, table="link"),
            web_address("url", table="link"),
            web_address("final_url", table="link"),
            models.CheckConstraint(
                condition=~models.Q(status=LinkStatus.MOVED) | ~models.Q(final_url=""),
                name="link_moved_has_an_address",
            ),
        ]
        indexes = [models.Index("status", "actor", name="link_by_status")]

    def __str__(self) -> str:
        return self.url
