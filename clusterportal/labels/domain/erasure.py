"""Erasing a person from files that prove an assessment."""

from django.utils.translation import gettext_lazy as _

from clusterportal.history.erasable_uploads import Uploads, erasable_uploads
from clusterportal.labels.models import Proof

erasable_uploads(
    "proof",
    Uploads(
        Proof,
        kind=_("Proof"),
        where=lambda proof: str(proof.assessment),
        where_gone=_("of a deleted assessment"),
        belongs_to=("assessment__criteria_set",),
    ),
)
