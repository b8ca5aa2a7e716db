"""Files that prove what an assessment says: private, for the team of the cluster."""

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from clusterportal.core.kept_files import BadFile, take_in
from clusterportal.labels.models import CriteriaAssessment, Proof

MOST_OF_AN_ASSESSMENT = 60


def keep(*, file: UploadedFile, assessment: CriteriaAssessment, code: str) -> Proof:
    """Store a file with the criterion of an assessment; the caller has checked who may. Raises BadFile."""
    if assessment.proofs.count() >= MOST_OF_AN_ASSESSMENT:
        raise BadFile(_("An assessment takes at most %(count)d files.") % {"count": MOST_OF_AN_ASSESSMENT})
    proof = Proof(assessment=assessment, code=code)
    take_in(proof, file)
    proof.save()
    return proof
