"""Background jobs of the ground storey. The worker runs beside the web server (`manage.py up`)."""

import uuid

from django.core.management import call_command
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from clusterportal.core import jobs, picture_files
from clusterportal.core.english_words import unmarked
from clusterportal.core.mailing import send_once

# A mail is tried again at once, then after 2, 4, 6 ... minutes, for two days and a half: a mail server that is away
# over the weekend loses nothing.
_MAIL_RETRY = RetryStrategy(max_attempts=60, linear_wait=120)


def post(*, subject: str, body: str, to: str) -> None:
    """Have one mail of plain text sent. Inside a transaction, it goes out only if that commits."""
    send_message.defer(subject=unmarked(subject), body=unmarked(body), to=to, key=str(uuid.uuid4()))


@app.task(name="core.send_message", aliases=["review.send_message"], queue="mail", retry=_MAIL_RETRY)
def send_message(*, subject: str, body: str, to: str, key: str = "") -> None:
    """One mail; jobs of earlier versions have no key."""
    send_once(key=key or str(uuid.uuid4()), subject=subject, body=body, to=to)


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="clear_sessions")
def clear_sessions(timestamp: int) -> None:
    """Every night: forget the sessions of staff that have run out. `timestamp` is the planned time, in Unix seconds."""
    call_command("clearsessions")


@app.periodic(cron="47 3 * * *")
@app.task(queueing_lock="tidy_pictures")
def tidy_pictures(timestamp: int) -> None:
    """Every night: pictures that came by import, restore or history get their copies, files of no use go."""
    picture_files.tidy_pictures()


@app.periodic(cron="* * * * *")
@app.task(name="core.take_up_jobs", queueing_lock="core.take_up_jobs", pass_context=True, priority=100)
async def take_up_jobs(context, timestamp: int) -> None:
    """Every minute, before all other work: jobs whose worker died are done by another one."""
    await jobs.take_up(context.app)


@app.periodic(cron="11 3 * * *")
@app.task(name="core.clear_jobs", queueing_lock="core.clear_jobs", pass_context=True)
async def clear_jobs(context, timestamp: int) -> None:
    """Every night: delete jobs of all queues that ended some days ago."""
    await jobs.clear(context.app)
