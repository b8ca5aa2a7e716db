"""Background jobs of the room. What they find to do stands in its own tables, so a lost job loses nothing."""

from django.utils import timezone
from procrastinate.contrib.django import app

from clusterportal.partnering.domain import outbox, publishing, retention, weekly_mails


@app.task(name=outbox.SEND_NOW, queue="mail")
def send_now() -> None:
    """Mails that were just written."""
    outbox.send_due()


@app.periodic(cron="* * * * *")
@app.task(name="partnering.send_mails", queueing_lock="partnering.send_mails", queue="mail")
def send_mails(timestamp: int) -> None:
    """Every minute: what is due. `timestamp` is the planned time, in Unix seconds."""
    outbox.send_due()


@app.periodic(cron="*/5 * * * *")
@app.task(name="partnering.expire", queueing_lock="partnering.expire")
def expire(timestamp: int) -> None:
    """Every five minutes: what is over since its deadline is written down, and who follows is told."""
    publishing.expire_due(today=timezone.localdate())


@app.periodic(cron="43 7 * * *")
@app.task(name="partnering.suggest", queueing_lock="partnering.suggest")
def suggest(timestamp: int) -> None:
    """Every morning: representatives who were told nothing for a week hear of what may fit."""
    weekly_mails.plan_mails()


@app.periodic(cron="47 * * * *")
@app.task(name="partnering.forget", queueing_lock="partnering.forget")
def forget(timestamp: int) -> None:
    """Every hour: followers are forgotten in time."""
    retention.forget_expired()
