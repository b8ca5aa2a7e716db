"""Background jobs of the room."""

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from clusterportal.clusters.models import Cluster
from clusterportal.management.domain.years import keep_years

logger = logging.getLogger(__name__)


@app.periodic(cron="37 2 * * *")
@app.task(name="management.keep_years", queueing_lock="management.keep_years")
def keep_all_years(timestamp: int) -> None:
    """Every night: the figures of each cluster, for the years in its monitor. `timestamp` is the planned time.

    A cluster that fails is logged and does not stop the others.
    """
    for cluster in Cluster.objects.published().with_region():
        try:
            keep_years(cluster, today=timezone.localdate())
        except Exception:
            logger.exception("figures of %s are not kept", cluster.slug)
