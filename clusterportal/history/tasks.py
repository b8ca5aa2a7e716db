"""Work of the night, and what is looked after every minute."""

from procrastinate.contrib.django import app

from clusterportal.history import log_entries
from clusterportal.history.endless_waits import end_endless_waits


@app.periodic(cron="19 3 * * *")
@app.task(name="history.forget", queueing_lock="history.forget")
def forget(timestamp: int) -> None:
    """Every night: old entries of the admin's own list of acts go. `timestamp` is the planned time, in Unix seconds."""
    log_entries.forget_log()


@app.periodic(cron="* * * * *")
@app.task(name="history.go_on", queueing_lock="history.go_on", priority=100)
def go_on(timestamp: int) -> None:
    """Every minute, before other work: no save waits for a time that the clock was set back from."""
    end_endless_waits()
