"""Background jobs of the room."""

from django.utils import timezone
from procrastinate.contrib.django import app

from clusterportal.network.domain.betweenness import keep_betweenness


@app.periodic(cron="*/5 * * * *")
@app.task(
    name="network.keep_betweenness", queueing_lock="network.keep_betweenness", lock="network.betweenness"
)
def keep_betweenness_up(timestamp: int) -> None:
    """Every five minutes, if something was committed or a new day began: betweenness of the clusters it concerns."""
    keep_betweenness(today=timezone.localdate())
