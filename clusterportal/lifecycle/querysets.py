"""Measurements and assessments as their figures need them."""

from datetime import date
from typing import Self

from django.db.models import F, QuerySet

from clusterportal.clusters.querysets import ClusterRecordQuerySet


class MeasurementQuerySet(ClusterRecordQuerySet):
    def of(self, cluster) -> Self:
        return self.filter(cluster=cluster)

    def last_of_years(self, *, before: date) -> QuerySet:
        """The last measurement of each year before the day, oldest first."""
        last = self.filter(measured_on__lt=before).order_by("measured_on__year", "-measured_on")
        return last.distinct("measured_on__year")


class AssessmentQuerySet(ClusterRecordQuerySet):
    def latest_first(self) -> Self:
        """The latest day first, those without a day last."""
        return self.order_by(F("assessed_on").desc(nulls_last=True), "-pk")
