"""Background jobs of the room. What they find to do stands in its own tables, so a lost job loses nothing."""

from django.utils import timezone
from procrastinate.contrib.django import app

from clusterportal.history.unused_files import forget_unused_files
from clusterportal.labels.domain import reminders
from clusterportal.labels.models import Proof


@app.periodic(cron="* * * * *")
@app.task(name="labels.send_mails", queueing_lock="labels.send_mails", queue="mail")
def send_mails(timestamp: int) -> None:
    """Every minute: some of the mails that are due. `timestamp` is the planned time, in Unix seconds."""
    reminders.send_due()


@app.periodic(cron="41 5 * * *")
@app.task(name="labels.note_reminders", queueing_lock="labels.note_reminders")
def note_reminders(timestamp: int) -> None:
    """Every morning: labels that end soon; and files of assessments that are gone."""
    reminders.note_reminders(today=timezone.localdate())
    forget_unused_files(Proof)
