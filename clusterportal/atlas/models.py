"""Atlases that are being made or were made; the files lie in the storage `atlases`."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clusterportal.atlas.enums import BUSY, AtlasState
from clusterportal.atlas.querysets import AtlasQuerySet
from clusterportal.clusters.models import Cluster
from clusterportal.core.constraints import one_of


class Atlas(models.Model):
    """One document: of the region, of a cluster, or of the actors that somebody's filters choose."""

    is_left_out_of_backups = True  # as the files are; they are made anew from the registry

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    language = models.CharField(_("language"), max_length=10)
    is_standing = models.BooleanField(_("kept ready for everybody"), default=False)
    cluster = models.ForeignKey(
        Cluster, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("cluster")
    )
    query = models.TextField(
        _("filters"), blank=True, help_text=_("Those of the directory, as in its address.")
    )
    scope = models.TextField(_("selection"), blank=True, help_text=_("The filters in words."))

    state = models.CharField(_("state"), max_length=10, choices=AtlasState, default=AtlasState.WAITING)
    done = models.PositiveIntegerField(_("profiles read"), default=0)
    total = models.PositiveIntegerField(_("profiles"), default=0)
    heard_at = models.DateTimeField(_("last heard of"), auto_now_add=True)  # when its job last reported
    asked_at = models.DateTimeField(_("asked for at"), auto_now_add=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    message = models.TextField(_("message"), blank=True)  # why it failed

    made_at = models.DateTimeField(_("made at"), null=True, blank=True)  # the moment of the data
    pages = models.PositiveIntegerField(_("pages"), default=0)
    size = models.PositiveBigIntegerField(_("size"), default=0)  # bytes
    seconds = models.FloatField(_("seconds"), default=0)  # that it took
    remarks = models.JSONField(_("remarks"), default=list, blank=True)  # what the file lacks, as sentences
    actors = ArrayField(models.BigIntegerField(), default=list, blank=True)  # of whom it speaks: keys
    people = ArrayField(models.BigIntegerField(), default=list, blank=True)  # contact persons: keys

    objects = AtlasQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("competence atlas")
        verbose_name_plural = _("competence atlases")
        constraints = [
            one_of("state", AtlasState, table="atlas"),
            models.UniqueConstraint(
                fields=["cluster", "language"],
                condition=Q(is_standing=True),
                nulls_distinct=False,
                name="atlas_one_standing",
            ),
            models.UniqueConstraint(
                fields=["asked_by"],
                condition=Q(is_standing=False, state__in=[str(state) for state in BUSY]),
                name="atlas_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state=AtlasState.DONE) | Q(made_at__isnull=False, pages__gt=0),
                name="atlas_done_has_pages",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scope or _('Whole region')} ({self.language})"

    @property
    def file(self) -> str:
        """The name of the file in its storage."""
        return f"{self.uid}.pdf"

    @property
    def is_busy(self) -> bool:
        return self.state in BUSY

    @property
    def percent(self) -> int:
        """How far it is: reading is the smaller part of the work."""
        if self.state == AtlasState.SETTING:
            return 60
        return 50 * self.done // self.total if self.total else 0
