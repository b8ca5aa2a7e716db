"""Background jobs of the room."""

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from clusterportal.clusters.models import Cluster
from clusterportal.kpis.domain.recording import keep_computed
from clusterportal.kpis.models import Kpi

logger = logging.getLogger(__name__)


@app.periodic(cron="31 4 * * *")
@app.task(name="kpis.keep_computed", queueing_lock="kpis.keep_computed")
def keep_computed_values(timestamp: int) -> None:
    """Every night: computed values of all clusters, so that those of a period stand when it is over.

    `timestamp` is the planned time, in Unix seconds. A cluster that fails is logged and does not stop the others.
    """
    today = timezone.localdate()
    computed = Kpi.objects.filter(is_active=True, cluster__isnull=False).exclude(indicator="")
    for cluster in Cluster.objects.filter(pk__in=computed.values("cluster")):
        try:
            keep_computed(cluster, today=today)
        except Exception:
            logger.exception("computed values of %s are not kept", cluster.slug)
