"""Background jobs of the room: what is looked after every night."""

import uuid

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from clusterportal.quality.domain import duplicates, link_checks, reminders
from clusterportal.quality.models import Reminder

# One more try after 1, 2, 4 ... minutes: a mail server that is away for a day loses nothing.
_RETRY = RetryStrategy(max_attempts=11, exponential_wait=2, wait=60)


@app.periodic(cron="11 2 * * *")
@app.task(name="quality.find_duplicates", queueing_lock="quality.find_duplicates")
def find_duplicates(timestamp: int) -> None:
    """Every night: actors that are in the registry twice. `timestamp` is the planned time, in Unix seconds."""
    duplicates.find_duplicates()


@app.periodic(cron="7 4 * * *")
@app.task(name="quality.check_links", queueing_lock="quality.check_links")
def check_links(timestamp: int) -> None:
    """Every night: the websites that are due."""
    link_checks.check_due()


@app.periodic(cron="23 9 * * 1-5")
@app.task(name="quality.send_reminders", queueing_lock="quality.send_reminders")
def send_reminders(timestamp: int) -> None:
    """Every working day: write the reminders that are due, and erase old addresses."""
    reminders.send_due()
    reminders.forget_addresses()


@app.task(name="quality.send_letter", retry=_RETRY)
def send_letter(*, reminder_id: int, language: str, key: str = "") -> None:
    """One letter. The queue holds no address; a reminder that is gone needs no letter.

    Jobs of earlier versions have no key.
    """
    if reminder := Reminder.objects.select_related("actor").filter(pk=reminder_id).first():
        reminders.deliver(reminder=reminder, language=language, key=key or str(uuid.uuid4()))
