"""One import of a file, its rows as they were planned, cells that people repaired, and mappings that they saved."""

import shutil
import weakref
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusterportal.core.constraints import one_of
from clusterportal.core.stored_files import fetched, is_local
from clusterportal.imports.enums import BUSY, ImportNoun, RunState
from clusterportal.imports.querysets import ImportProfileQuerySet, ImportRowQuerySet, ImportRunQuerySet

ABANDONED_AFTER = timedelta(minutes=2)  # a job that has reported nothing for so long has died


def private_storage() -> Storage:
    return storages["imports"]


class ImportRun(models.Model):
    """A file on its way into the registry."""

    noun = models.CharField(_("list"), max_length=10, choices=ImportNoun, default=ImportNoun.ACTORS)
    state = models.CharField(_("state"), max_length=10, choices=RunState, default=RunState.UPLOADED)
    file = models.FileField(_("file"), upload_to="%Y/%m", storage=private_storage, max_length=200)
    file_name = models.CharField(_("file name"), max_length=200)
    options = models.JSONField(_("options"), default=dict)
    done = models.PositiveIntegerField(_("done"), default=0)
    total = models.PositiveIntegerField(_("total"), default=0)
    counts = models.JSONField(_("counts"), default=dict)
    notes = models.JSONField(_("notes"), default=list)
    message = models.TextField(_("message"), blank=True)
    digest = models.CharField(_("digest"), max_length=64, blank=True)  # of the plan that the preview shows
    ticket = models.UUIDField(_("ticket"), null=True, blank=True)  # of the job that may work at it
    heard_at = models.DateTimeField(_("last heard of"), null=True, blank=True)  # when its job last reported
    act_id = models.UUIDField(_("act"), null=True, blank=True)
    undone = models.JSONField(_("undone"), default=dict)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    language = models.CharField(_("language"), max_length=10, blank=True)
    created_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        constraints = [
            one_of("noun", ImportNoun, table="importrun"),
            one_of("state", RunState, table="importrun"),
            models.CheckConstraint(
                condition=~Q(state__in=[RunState.DONE, RunState.UNDONE]) | Q(finished_at__isnull=False),
                name="importrun_done_has_an_end",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[RunState.UNDONE, RunState.UNDOING]) | Q(act_id__isnull=False),
                name="importrun_undone_had_an_act",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=BUSY) | Q(ticket__isnull=False, heard_at__isnull=False),
                name="importrun_busy_has_a_job",
            ),
        ]
        indexes = [models.Index(fields=["by", "-created_at"], name="importrun_of_person")]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("admin:imports_importrun_change", args=[self.pk])

    @property
    def path(self) -> Path:
        """Where the file can be read: where it lies, or a copy that is fetched once and goes with this object."""
        if is_local(self.file.storage):
            return Path(self.file.path)
        known: Path | None = vars(self).get("_copy")
        if known is None or known.name != Path(str(self.file.name)).name:
            self._copy = known = fetched(self.file.storage, str(self.file.name))
            weakref.finalize(self, shutil.rmtree, known.parent, ignore_errors=True)
        return known

    @property
    def has_file(self) -> bool:
        """Whether the uploaded file is still kept."""
        return bool(self.file) and self.file.storage.exists(str(self.file.name))

    @property
    def is_busy(self) -> bool:
        return self.state in BUSY and not self.is_interrupted

    @property
    def is_interrupted(self) -> bool:
        """Its job has died; what that wrote was never committed."""
        if self.state not in BUSY or self.heard_at is None:
            return False
        return self.heard_at < timezone.now() - ABANDONED_AFTER

    @property
    def percent(self) -> int:
        """How far the job is; writing plans the whole table once more before it begins."""
        whole = self.total * (2 if self.state == RunState.WRITING else 1)
        return min(100, self.done * 100 // whole) if whole else 0


class ImportRow(models.Model):
    """What one row of the table does, as the preview and the report show it."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10)
    title = models.CharField(max_length=300, blank=True)
    record = models.BigIntegerField(null=True)  # key of the record that it means
    changes = models.JSONField(default=list)  # [column, before, after]
    problems = models.JSONField(default=list)  # [column, value, reason]
    normalised = models.JSONField(default=list)  # [column, before, after]
    candidates = models.JSONField(default=list)  # [key, title, why, similarity]
    is_normalised = models.BooleanField(default=False)
    is_loss = models.BooleanField(default=False)  # it takes something away or empties it
    decision = models.CharField(max_length=20, blank=True)
    kept = models.JSONField(default=list)  # columns in which the record keeps what it holds
    is_taken = models.BooleanField(default=True)  # False: left out by people, as a whole or field by field
    cells = models.JSONField(default=list)  # [heading, text] of a row to be repaired, as the table has them
    digest = models.CharField(max_length=64, blank=True)  # of what the plan does with the row

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="importrow_once")]
        indexes = [
            models.Index("run", "outcome", "number", name="importrow_by_outcome"),
            models.Index("run", "number", condition=Q(is_normalised=True), name="importrow_normalised"),
            models.Index("run", "number", condition=Q(is_loss=True), name="importrow_loss"),
        ]

    def __str__(self) -> str:
        return f"{self.run}: {self.number}"


class ImportRepair(models.Model):
    """A cell of the file as somebody corrected it in the preview; the file itself stays as it was uploaded."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="repairs")
    number = models.PositiveIntegerField()  # of the row
    heading = models.CharField(max_length=500)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)

    class Meta:
        ordering = ["number", "pk"]
        verbose_name = _("repaired cell")
        verbose_name_plural = _("repaired cells")
        constraints = [models.UniqueConstraint(fields=["run", "number", "heading"], name="importrepair_once")]

    def __str__(self) -> str:
        return f"{self.run}: {self.number}, {self.heading}"


class ImportProfile(models.Model):
    """How tables of one kind are read and mapped, under a name."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    noun = models.CharField(_("list"), max_length=10, choices=ImportNoun, default=ImportNoun.ACTORS)
    options = models.JSONField(_("options"), default=dict)
    is_shared = models.BooleanField(
        _("shared"),
        default=False,
        help_text=_("Everybody who may import such tables can use it; only you change it."),
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    objects = ImportProfileQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("import profile")
        verbose_name_plural = _("import profiles")
        constraints = [one_of("noun", ImportNoun, table="importprofile")]

    def __str__(self) -> str:
        return self.name
