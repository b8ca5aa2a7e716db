"""Background jobs of the room. What they find to do stands in its own tables, so a lost job loses nothing."""

from procrastinate.contrib.django import app

from clusterportal.history import unused_files
from clusterportal.newsroom.domain import publishing
from clusterportal.newsroom.models import File


@app.periodic(cron="* * * * *")
@app.task(name="newsroom.publish_due", queueing_lock="newsroom.publish_due")
def publish_due(timestamp: int) -> None:
    """Every minute: what appeared or disappeared is written down. `timestamp` is the planned time, in Unix seconds."""
    publishing.publish_due()


@app.periodic(cron="23 3 * * *")
@app.task(name="newsroom.forget_unused_files", queueing_lock="newsroom.forget_unused_files")
def forget_unused_files(timestamp: int) -> None:
    """Every night: files whose record is gone for some weeks go."""
    unused_files.forget_unused_files(File)


@app.periodic(cron="29 3 * * *")
@app.task(name="newsroom.forget_withdrawn", queueing_lock="newsroom.forget_withdrawn")
def forget_withdrawn(timestamp: int) -> None:
    """Every night: withdrawn events that no calendar shows any more are forgotten."""
    publishing.forget_withdrawn()
