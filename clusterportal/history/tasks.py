"""Work of the night."""

from procrastinate.contrib.django import app

from clusterportal.history import log_entries


@app.periodic(cron="19 3 * * *")
@app.task(name="history.forget", queueing_lock="history.forget")
def forget(timestamp: int) -> None:
    """Every night: old entries of the admin's own list of acts go. `timestamp` is the planned time, in Unix seconds."""
    log_entries.forget_log()
