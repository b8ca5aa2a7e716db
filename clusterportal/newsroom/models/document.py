"""What the search reads of contributions."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from clusterportal.newsroom.models.contribution import Contribution


class ContributionDocument(models.Model):
    """All that a contribution is found by; a trigger of the contribution keeps it, whoever writes.

    `vector` weighs A headlines, B sub-headlines and leads, C place and organiser, D texts.
    """

    contribution = models.OneToOneField(
        Contribution, models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="document"
    )  # goes with its contribution by trigger, whoever deletes
    vector = SearchVectorField()

    class Meta:
        indexes = [GinIndex("vector", name="contribution_words")]

    def __str__(self) -> str:
        return str(self.contribution_id)
