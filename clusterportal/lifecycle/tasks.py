"""Background jobs of the room."""

from procrastinate.contrib.django import app

from clusterportal.lifecycle.domain import measuring


@app.periodic(cron="47 2 1 * *")
@app.task(name="lifecycle.measure", queueing_lock="lifecycle.measure")
def measure(timestamp: int) -> None:
    """On the first of every month: what each cluster is today. `timestamp` is the planned time, in Unix seconds."""
    measuring.measure_all()
