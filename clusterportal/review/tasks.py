"""Background jobs of review: forgetting in time."""

from procrastinate.contrib.django import app

from clusterportal.review.domain.retention import forget_expired


@app.periodic(cron="41 3 * * *")
@app.task(name="review.forget", queueing_lock="review.forget")
def forget(timestamp: int) -> None:
    """Every night: delete what nobody confirmed, and the names of those whose proposals are long decided."""
    forget_expired()
