"""Background jobs of the room. What they find to do stands in its own tables, so a lost job loses nothing."""

from procrastinate.contrib.django import app

from clusterportal.enquiries.domain import outbox, retention


@app.task(name=outbox.SEND_NOW, queue="mail")
def send_now() -> None:
    """The mails of an enquiry that was just made or confirmed."""
    outbox.send_due()


@app.periodic(cron="* * * * *")
@app.task(name="enquiries.send_mails", queueing_lock="enquiries.send_mails", queue="mail")
def send_mails(timestamp: int) -> None:
    """Every minute: what is due. `timestamp` is the planned time, in Unix seconds."""
    outbox.send_due()


@app.periodic(cron="37 * * * *")
@app.task(name="enquiries.forget", queueing_lock="enquiries.forget")
def forget(timestamp: int) -> None:
    """Every hour, so that the terms hold as the privacy text states them: visitors are forgotten in time."""
    retention.forget_expired()
