"""What a member sent in, and the proposal under which it waits in the review queue."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from clusterportal.newsroom.models.contribution import Contribution
from clusterportal.review.models import Proposal


class Submission(models.Model):
    contribution = models.OneToOneField(
        Contribution, models.CASCADE, related_name="submission", verbose_name=_("contribution")
    )
    proposal = models.OneToOneField(
        Proposal, models.CASCADE, related_name="submission", verbose_name=_("proposal")
    )

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.contribution)
