"""Files that prove what an assessment says: private, for the team of the cluster."""

from datetime import timedelta
from uuid import uuid4

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from clusterportal.core.kept_files import BadFile, checked
from clusterportal.history import unused_files
from clusterportal.labels.models import CriteriaAssessment, Proof
from clusterportal.labels.models.assessment import proof_storage

MOST_OF_AN_ASSESSMENT = 60


def keep(*, file: UploadedFile, assessment: CriteriaAssessment, code: str) -> Proof:
    """Store a file with the criterion of an assessment; the caller has checked who may. Raises BadFile."""
    if assessment.proofs.count() >= MOST_OF_AN_ASSESSMENT:
        raise BadFile(_("An assessment takes at most %(count)d files.") % {"count": MOST_OF_AN_ASSESSMENT})
    name, media_type, ending = checked(file)
    proof = Proof(assessment=assessment, code=code, name=name, media_type=media_type, size=file.size or 0)
    # A name that nobody can guess, and that holds no person's.
    proof.file.save(f"{uuid4().hex}{ending}", file, save=False)
    proof.save()
    return proof


def forget_unused_files(kept_for: timedelta = unused_files.KEPT_FOR) -> int:
    """Delete the files whose assessment is gone for longer than `kept_for`; returns how many."""
    return unused_files.forget_unused_files(Proof, proof_storage(), kept_for)
