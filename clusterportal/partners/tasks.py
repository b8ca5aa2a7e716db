"""Background jobs of the room."""

from procrastinate.contrib.django import app

from clusterportal.partners.domain import dumps, feed, limits, usage
from clusterportal.partners.domain.sequencing import sequence
from clusterportal.partners.domain.webhooks import outbox, runner


@app.periodic(cron="* * * * *")
@app.task(name="partners.number_changes", queueing_lock="partners.number_changes")
def number_changes(timestamp: int) -> None:
    """Every minute: number what became visible while nobody asked. `timestamp` is the planned time, in Unix seconds."""
    sequence()


@app.periodic(cron="37 2 * * *")
@app.task(name="partners.forget_old_entries", queueing_lock="partners.forget_old_entries")
def forget_old_entries(timestamp: int) -> None:
    """Every night: entries of more than 400 days ago go."""
    feed.forget_old_entries()


@app.periodic(cron="* * * * *")
@app.task(name="partners.deliver_webhooks", queueing_lock="partners.deliver_webhooks")
def deliver_webhooks(timestamp: int) -> None:
    """Every minute: what is due, should the thread that listens for it have ended. Threads deliver, the job goes on."""
    runner.keep_listening()
    runner.start_due()


@app.periodic(cron="53 2 * * *")
@app.task(name="partners.forget_old_attempts", queueing_lock="partners.forget_old_attempts")
def forget_old_attempts(timestamp: int) -> None:
    """Every night: the log of deliveries of more than two weeks ago goes."""
    runner.forget_old_attempts()


@app.task(name=outbox.SEND_NOW, queue="mail")
def send_now() -> None:
    """A webhook was paused just now."""
    outbox.OUTBOX.send_due()


@app.periodic(cron="* * * * *")
@app.task(name="partners.send_mails", queueing_lock="partners.send_mails", queue="mail")
def send_mails(timestamp: int) -> None:
    """Every minute: mails about paused webhooks that are due."""
    outbox.OUTBOX.send_due()


@app.periodic(cron="7 * * * *")
@app.task(name="partners.keep_dumps", queueing_lock="partners.keep_dumps")
def keep_dumps(timestamp: int) -> None:
    """Every hour, a new one each night: the dump of today, and none that holds what is no longer public."""
    sequence()
    dumps.keep_dumps()


@app.periodic(cron="11 * * * *")
@app.task(name="partners.forget_old_counts", queueing_lock="partners.forget_old_counts")
def forget_old_counts(timestamp: int) -> None:
    """Every hour: counts of limits whose window is over, and days of use of more than 400 days ago, go."""
    limits.forget_old_counts()
    usage.forget_old_days()
