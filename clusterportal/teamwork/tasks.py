"""Background jobs of the room. What they find to do stands in its own tables, so a lost job loses nothing."""

from django.utils import timezone
from procrastinate.contrib.django import app

from clusterportal.history.unused_files import forget_unused_files
from clusterportal.teamwork.domain import days, letters, news, outbox
from clusterportal.teamwork.models import Attachment


@app.periodic(cron="* * * * *")
@app.task(name="teamwork.send_mails", queueing_lock="teamwork.send_mails", queue="mail")
def send_mails(timestamp: int) -> None:
    """Every minute: some of the mails that are due. `timestamp` is the planned time, in Unix seconds."""
    outbox.send_due()


@app.periodic(cron="*/5 * * * *")
@app.task(name="teamwork.write_news", queueing_lock="teamwork.write_news")
def write_news(timestamp: int) -> None:
    """Every five minutes: people who want to know at once; from half past six on, once, everybody else."""
    news.write_news()


@app.periodic(cron="53 1 * * *")
@app.task(name="teamwork.keep_day", queueing_lock="teamwork.keep_day")
def keep_day(timestamp: int) -> None:
    """Every night: how complete the clusters are, and what is no longer needed goes."""
    days.keep_day(day=timezone.localdate())
    letters.forget_addresses()
    forget_unused_files(Attachment)
