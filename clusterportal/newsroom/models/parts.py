"""Further information of a contribution: links and files; and what it names, with a history of its own."""

import pghistory
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from clusterportal.core.constraints import printable, web_address
from clusterportal.core.languages import column_names, is_written, translated
from clusterportal.history.models import Recorded, raises_revision
from clusterportal.history.tracking import tracked
from clusterportal.newsroom.models.contribution import Contribution
from clusterportal.newsroom.querysets import PartQuerySet

FOLDER = "contributions"  # under PORTAL_DATA_DIR


def file_storage() -> Storage:
    return storages[FOLDER]


class FurtherInformation(Recorded):
    """A line under “Further information”."""

    label = translated(models.CharField(pgettext_lazy("link", "label"), max_length=200, blank=True))
    language = models.CharField(
        _("language"), max_length=10, blank=True, help_text=_("What it is written in: de, en.")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = PartQuerySet.as_manager()

    class Meta(Recorded.Meta):
        abstract = True
        ordering = ["position", "pk"]


@tracked
class Link(FurtherInformation):
    contribution = models.ForeignKey(
        Contribution, models.CASCADE, related_name="links", verbose_name=_("contribution")
    )
    url = models.URLField(_("web address"), max_length=500)

    class Meta(FurtherInformation.Meta):
        verbose_name = _("link")
        verbose_name_plural = _("links")
        constraints = [
            web_address("url", table="contributionlink"),
            printable(*column_names("label"), table="contributionlink"),
            models.CheckConstraint(
                condition=is_written("label"),
                name="contributionlink_has_a_label",
                violation_error_message=_("A link says where it leads, in at least one language."),
            ),
        ]

    def __str__(self) -> str:
        return self.label


@tracked
class File(FurtherInformation):
    """A file to take along. Name and kind are told by its content when it is handed in."""

    contribution = models.ForeignKey(
        Contribution, models.CASCADE, related_name="files", verbose_name=_("contribution")
    )
    file = models.FileField(_("file"), upload_to="%Y/%m", storage=file_storage, max_length=200)
    name = models.CharField(_("file name"), max_length=200, editable=False)
    media_type = models.CharField(_("kind"), max_length=100, editable=False)
    size = models.PositiveIntegerField(_("size"), editable=False, help_text=_("In bytes."))
    pages = models.PositiveSmallIntegerField(_("pages"), null=True, blank=True)

    class Meta(FurtherInformation.Meta):
        verbose_name = _("file")
        verbose_name_plural = _("files")
        constraints = [printable(*column_names("label"), "name", table="contributionfile")]

    def __str__(self) -> str:
        return self.label or self.name


def _kept(model):
    """The changes of a join table are kept and counted too."""
    return pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent(), append_only=True)(model)


@_kept
class ContributionActor(Contribution.actors.through):  # type: ignore[name-defined]  # a class that Django makes
    class Meta:
        proxy = True
        verbose_name = _("actor of a contribution")
        verbose_name_plural = _("actors of contributions")
        triggers = [raises_revision()]

    def __str__(self) -> str:
        return f"{self.contribution}: {self.actor}"


@_kept
class ContributionCluster(Contribution.clusters.through):  # type: ignore[name-defined]
    class Meta:
        proxy = True
        verbose_name = _("cluster of a contribution")
        verbose_name_plural = _("clusters of contributions")
        triggers = [raises_revision()]

    def __str__(self) -> str:
        return f"{self.contribution}: {self.cluster}"


@_kept
class ContributionArea(Contribution.areas.through):  # type: ignore[name-defined]
    class Meta:
        proxy = True
        verbose_name = _("application area of a contribution")
        verbose_name_plural = _("application areas of contributions")
        triggers = [raises_revision()]

    def __str__(self) -> str:
        return f"{self.contribution}: {self.applicationarea}"
