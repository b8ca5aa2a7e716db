"""Background jobs of review: mails that survive an outage of the mail server, and forgetting in time."""

import uuid

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from clusterportal.core.mailing import send_once

# Tried again after 2, 4, 6 ... minutes, for two days and a half: a mail server that is away over the weekend
# loses nothing.
_RETRY = RetryStrategy(max_attempts=60, linear_wait=120)


def post(*, subject: str, body: str, to: str) -> None:
    """Have one mail of plain text sent. Inside a transaction, it goes out only if that commits."""
    send_message.defer(subject=subject, body=body, to=to, key=str(uuid.uuid4()))


@app.task(name="review.send_message", queue="mail", retry=_RETRY)
def send_message(*, subject: str, body: str, to: str, key: str = "") -> None:
    """One mail; jobs of earlier versions have no key."""
    send_once(key=key or str(uuid.uuid4()), subject=subject, body=body, to=to)


@app.periodic(cron="41 3 * * *")
@app.task(name="review.forget", queueing_lock="review.forget")
def forget(timestamp: int) -> None:
    """Every night: delete what nobody confirmed, and the names of those whose proposals are long decided."""
    from clusterportal.review.domain.retention import forget_expired

    forget_expired()
