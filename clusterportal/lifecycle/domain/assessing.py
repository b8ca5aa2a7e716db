"""Assessing a cluster: a stage with its reason, and the figures that were seen."""

from django.db import transaction
from django.utils import timezone

from clusterportal.clusters.models import Cluster
from clusterportal.lifecycle.domain.measuring import keep_measurement
from clusterportal.lifecycle.models import Assessment, Measurement


@transaction.atomic
def assess(*, assessment: Assessment, by) -> Assessment:
    """Keep an assessment, new or changed, with the measurement of its day.

    Today is measured now; of another day the measurement that was kept then, if there is one. Who said it first stays.
    """
    if assessment._state.adding:
        assessment.by = by
    assessment.measurement = _measurement_of(assessment)
    assessment.save()
    return assessment


def stage_today(cluster: Cluster) -> Assessment | None:
    """The assessment that decides: the latest one that is no example."""
    return Assessment.objects.filter(cluster=cluster, is_example=False).latest_first().first()


def _measurement_of(assessment: Assessment) -> Measurement | None:
    if assessment.assessed_on == timezone.localdate():
        return keep_measurement(cluster=assessment.cluster)
    if assessment.assessed_on is None:
        return None
    kept = Measurement.objects.filter(cluster=assessment.cluster, measured_on=assessment.assessed_on)
    return kept.first()
