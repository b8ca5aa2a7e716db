"""Background jobs of the room."""

from django.utils import timezone
from procrastinate.contrib.django import app

from clusterportal.clusters.models import Cluster
from clusterportal.kpis.domain.recording import keep_computed


@app.periodic(cron="31 4 * * *")
@app.task(name="kpis.keep_computed", queueing_lock="kpis.keep_computed")
def keep_computed_values(timestamp: int) -> None:
    """Every night: computed values of all clusters, so that those of a period stand when it is over.

    `timestamp` is the planned time, in Unix seconds.
    """
    today = timezone.localdate()
    for cluster in (
        Cluster.objects.filter(kpi_records__is_active=True).exclude(kpi_records__indicator="").distinct()
    ):
        keep_computed(cluster, today=today)
