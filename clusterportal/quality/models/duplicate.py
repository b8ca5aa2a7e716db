"""Actors that look like one, and what became of them."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from actors.models import Actor
from clusterportal.core.constraints import one_of
from clusterportal.core.models import Timestamped
from clusterportal.quality.enums import PairState
from clusterportal.quality.querysets import MergeQuerySet, PairQuerySet


class DuplicatePair(Timestamped):
    """Two actors that may be the same organisation. What people said about them is remembered."""

    first = models.ForeignKey(Actor, models.CASCADE, related_name="+", verbose_name=_("first actor"))
    second = models.ForeignKey(Actor, models.CASCADE, related_name="+", verbose_name=_("second actor"))
    score = models.PositiveSmallIntegerField(_("score"), help_text=_("0 to 100."))
    reasons = models.JSONField(_("reasons"), default=list)
    state = models.CharField(_("state"), max_length=10, choices=PairState, default=PairState.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = PairQuerySet.as_manager()

    class Meta(Timestamped.Meta):
        ordering = ["-score", "pk"]
        verbose_name = _("possible duplicate")
        verbose_name_plural = _("possible duplicates")
        constraints = [
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="pair_in_order"),
            models.UniqueConstraint(fields=["first", "second"], name="pair_once"),
            models.CheckConstraint(condition=Q(score__range=(0, 100)), name="pair_score_percent"),
            models.CheckConstraint(
                condition=Q(state=PairState.OPEN) | Q(decided_at__isnull=False),
                name="pair_decided_has_a_date",
            ),
            one_of("state", PairState, table="pair"),
        ]
        indexes = [models.Index("state", F("score").desc(), "id", name="pair_by_score")]

    def __str__(self) -> str:
        return f"{self.first} – {self.second}"


class Merge(models.Model):
    """Two actors became one. `before` holds what the history does not keep: see `domain.merging`."""

    kept = models.ForeignKey(
        Actor, models.SET_NULL, null=True, related_name="+", verbose_name=_("kept actor")
    )
    merged_uid = models.UUIDField(_("permanent id of the merged actor"))
    merged_slug = models.SlugField(_("address of the merged actor"), max_length=120)
    merged_name = models.CharField(_("merged actor"), max_length=300)
    act = models.UUIDField(_("act"), db_index=True)
    before = models.JSONField(default=dict, editable=False, encoder=DjangoJSONEncoder)
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

    objects = MergeQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("merge")
        verbose_name_plural = _("merges")

    def __str__(self) -> str:
        return f"{self.merged_name} → {self.kept or '–'}"
