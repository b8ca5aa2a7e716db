"""Background jobs of the room. What they find to do stands in its own tables, so a lost job loses nothing."""

from pathlib import Path

from django.conf import settings
from procrastinate.contrib.django import app

from clusterportal.core.jobs import AFTER_OUTAGE
from clusterportal.newsletters.domain import confirmation_mails, mailbox, outbox, retention, trial_mail


@app.task(name=confirmation_mails.SEND_NOW, queue="mail")
def send_now() -> None:
    """The mail of an order that was just made."""
    confirmation_mails.send_due()


@app.periodic(cron="* * * * *")
@app.task(name="newsletters.confirmations", queueing_lock="newsletters.confirmations", queue="mail")
def send_confirmations(timestamp: int) -> None:
    """Every minute: what is due. `timestamp` is the planned time, in Unix seconds."""
    confirmation_mails.send_due()


@app.periodic(cron="* * * * *")
@app.task(
    name="newsletters.send_issues", queueing_lock="newsletters.send_issues", lock="newsletters.send_issues"
)
def send_issues(timestamp: int) -> None:
    """Every minute: issues that are due, as many mails as the rate allows; one worker at a time."""
    outbox.run()


@app.task(name=trial_mail.TASK, queue="mail", retry=AFTER_OUTAGE)
def send_test(issue: int, language: str, to: str, key: str) -> None:
    """A test mail of an issue, to whoever asked for it."""
    trial_mail.send_test(issue=issue, language=language, to=to, key=key)


@app.periodic(cron="*/10 * * * *")
@app.task(name="newsletters.read_mailbox", queueing_lock="newsletters.read_mailbox")
def read_mailbox(timestamp: int) -> None:
    """Every ten minutes: what came back, where the setting names a Maildir."""
    if settings.NEWSLETTER_MAILBOX:
        mailbox.read_maildir(Path(settings.NEWSLETTER_MAILBOX))


@app.periodic(cron="23 3 * * *")
@app.task(name="newsletters.forget", queueing_lock="newsletters.forget")
def forget(timestamp: int) -> None:
    """Every night: orders, proofs and addresses whose term is over."""
    retention.forget_expired()
