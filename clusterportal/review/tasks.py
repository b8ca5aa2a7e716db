"""Background jobs of review: mails that survive an outage of the mail server, and forgetting in time."""

from django.core.mail import send_mail
from procrastinate import RetryStrategy
from procrastinate.builtin_tasks import remove_old_jobs
from procrastinate.contrib.django import app

# Tried again after 2, 4, 6 ... minutes, for two days and a half: a mail server that is away over the weekend
# loses nothing.
_RETRY = RetryStrategy(max_attempts=60, linear_wait=120)
_QUEUE = "mail"
_KEPT_FOR = 3 * 24  # hours; the jobs hold addresses and words of people


@app.task(name="review.send_message", queue=_QUEUE, retry=_RETRY)
def send_message(*, subject: str, body: str, to: str) -> None:
    """One mail of plain text. Deferred inside a transaction, it goes out only if that commits."""
    send_mail(subject, body, None, [to])


@app.periodic(cron="11 3 * * *")
@app.task(name="review.forget_mails", queueing_lock="review.forget_mails", pass_context=True)
async def forget_mails(context, timestamp: int) -> None:
    """Every night: delete mails that went out, or could not, some days ago."""
    await remove_old_jobs(
        context,
        max_hours=_KEPT_FOR,
        queue=_QUEUE,
        remove_failed=True,
        remove_cancelled=True,
        remove_aborted=True,
    )


@app.periodic(cron="41 3 * * *")
@app.task(name="review.forget", queueing_lock="review.forget")
def forget(timestamp: int) -> None:
    """Every night: delete what nobody confirmed, and the names of those whose proposals are long decided."""
    from clusterportal.review.domain.retention import forget_expired

    forget_expired()
