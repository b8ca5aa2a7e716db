"""Topics and application areas that became one: their addresses go on leading somewhere."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from actors.enums import TermNoun
from actors.querysets import TermMergeQuerySet
from clusterportal.core.constraints import one_of
from clusterportal.history.models import raises_revision


class TermMerge(models.Model):
    """Two topics or areas became one. What was moved stands in the history, under the number `act`.

    Both are held by key: taking the merge back brings the merged one back under its own.
    """

    noun = models.CharField(_("kind"), max_length=5, choices=TermNoun)
    kept_key = models.BigIntegerField(_("kept"))
    kept_name = models.CharField(_("kept"), max_length=160)
    merged_key = models.BigIntegerField(_("merged"))
    merged_slug = models.SlugField(_("address"), max_length=120)
    merged_name = models.CharField(_("merged"), max_length=160)
    act = models.UUIDField(_("act"), unique=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("merged by")
    )
    at = models.DateTimeField(_("merged at"), auto_now_add=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("taken back by"),
    )
    undone_at = models.DateTimeField(_("taken back at"), null=True, blank=True)

    objects = TermMergeQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("merge of topics or areas")
        verbose_name_plural = _("merges of topics and areas")
        constraints = [one_of("noun", TermNoun, table="termmerge")]
        indexes = [models.Index("noun", "merged_slug", name="termmerge_by_address")]
        triggers = [raises_revision()]

    def __str__(self) -> str:
        return f"{self.merged_name} → {self.kept_name}"
