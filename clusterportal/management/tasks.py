"""Background jobs of the room."""

from django.utils import timezone
from procrastinate.contrib.django import app

from clusterportal.clusters.models import Cluster
from clusterportal.management.domain.years import keep_years


@app.periodic(cron="37 2 * * *")
@app.task(name="management.keep_years", queueing_lock="management.keep_years")
def keep_all_years(timestamp: int) -> None:
    """Every night: the figures of each cluster, for the years in its monitor. `timestamp` is the planned time."""
    for cluster in Cluster.objects.published().with_region():
        keep_years(cluster, today=timezone.localdate())
