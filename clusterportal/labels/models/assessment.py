"""What a cluster could show on one day: computed values, own scores and proof, frozen."""

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from clusterportal.clusters.models import ClusterRecord
from clusterportal.history.models import Recorded, frozen
from clusterportal.history.tracking import tracked
from clusterportal.labels.models.criteria import CriteriaSet

FOLDER = "proofs"  # under PORTAL_DATA_DIR


def proof_storage() -> Storage:
    return storages[FOLDER]


@tracked
class CriteriaAssessment(ClusterRecord):
    """An assessment never changes: what is right today is a new one. The database holds that, not the forms.

    `findings` is a list with one entry a criterion, in the order of the set:
    `{"code", "group": {language: text}, "text": {language: text}, "kind", "rule", "rule_version", "value",
    "threshold", "verdict", "figures": {name: number}, "actors": [{"uid", "name"}], "score", "remark"}`.
    `actors` are those whom the value counts, with the names they had; numbers are written as text.
    """

    criteria_set = models.ForeignKey(
        CriteriaSet, models.PROTECT, related_name="assessments", verbose_name=_("list of criteria")
    )
    edition = models.CharField(_("edition"), max_length=60, blank=True)
    assessed_on = models.DateField(_("assessed on"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("by")
    )
    remark = models.TextField(_("remark"), blank=True, max_length=5000)
    findings = models.JSONField(_("findings"), default=list)

    class Meta(ClusterRecord.Meta):
        ordering = ["-assessed_on", "-pk"]
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        indexes = [models.Index(fields=["cluster", "criteria_set", "-assessed_on"], name="assessment_last")]
        # Whoever assessed may leave; everything else is as it was on that day.
        triggers = [*ClusterRecord.Meta.triggers, frozen(besides=["by"])]

    def __str__(self) -> str:
        return f"{self.criteria_set}, {self.assessed_on}"


@tracked
class Proof(Recorded):
    """A file that proves a finding: what it is called, and of what kind it is by its content."""

    assessment = models.ForeignKey(
        CriteriaAssessment, models.CASCADE, related_name="proofs", verbose_name=_("assessment")
    )
    code = models.SlugField(_("code"), max_length=60)  # of the criterion
    file = models.FileField(_("file"), upload_to="%Y/%m", storage=proof_storage, max_length=200)
    name = models.CharField(_("file name"), max_length=200)
    media_type = models.CharField(_("kind"), max_length=100)
    size = models.PositiveIntegerField(_("size"), help_text=_("In bytes."))

    class Meta(Recorded.Meta):
        ordering = ["pk"]
        verbose_name = _("proof")
        verbose_name_plural = _("proofs")
        triggers = [*Recorded.Meta.triggers, frozen()]

    def __str__(self) -> str:
        return self.name
