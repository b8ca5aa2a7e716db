"""Stalled and finished jobs: restarted when their worker died, deleted some time after they ended."""

import logging
from datetime import timedelta

from django.db.utils import InterfaceError, OperationalError
from django.utils import timezone
from procrastinate import App, RetryStrategy
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Job, Status

from clusterportal.core.mailing import NotAccepted
from clusterportal.core.models import Count, Delivery
from clusterportal.core.request_ids import NumberedJobs

SILENCE = 30  # seconds without a heartbeat (three are missing) after which a worker counts as dead
# Attempts of a job whose worker dies each time; more where the task allows more retries.
MOST_TRIES = 5
# While database or mail server are away for a moment: of what a person asked for, and of what comes once an hour or
# less often. No later job would make up for these soon.
AFTER_OUTAGE = RetryStrategy(
    max_attempts=MOST_TRIES, wait=30, retry_exceptions=[OperationalError, InterfaceError, NotAccepted]
)
KEPT, FAILED_KEPT = timedelta(days=3), timedelta(days=14)  # jobs hold addresses and words of people
DELIVERIES_KEPT = timedelta(days=30)  # longer than any job
# A heart beats by the clock of the database. A beat in the future is of before that clock was set back: of a dead
# worker it would pass for life until the clock has caught up. Who lives beats again within seconds.
_BEATS_IN_THE_FUTURE = "UPDATE procrastinate_workers SET last_heartbeat = now() WHERE last_heartbeat > now()"
logger = logging.getLogger(__name__)


class RepeatedJobs(NumberedJobs):
    """A job that is tried again gives way to the next one of its kind, where that is queued already."""

    async def retry_job(self, job: Job, *args, **options) -> None:
        try:
            await super().retry_job(job, *args, **options)
        except UniqueViolation:  # of its queueing lock
            await self.finish_job(job, Status.ABORTED, delete_job=False)


def prepare(app: App) -> None:
    """Called by procrastinate when its app is ready (`PROCRASTINATE_ON_APP_READY`)."""
    app.job_manager = RepeatedJobs(app.connector)
    for periodic in app.periodic_registry.periodic_tasks.values():
        minute = periodic.cron.split()[0]
        if minute.isdecimal() and periodic.task.retry_strategy is None:
            periodic.task.retry_strategy = AFTER_OUTAGE


async def take_up(app: App) -> None:
    """Put the jobs of dead workers back into the queue; every task is idempotent."""
    await app.connector.execute_query_async(_BEATS_IN_THE_FUTURE)
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENCE):
        if job.attempts + 1 >= _most_tries(app, job):
            logger.error("Job %s of %s failed: its worker died each time.", job.id, job.task_name)
            await app.job_manager.finish_job(job, Status.FAILED, delete_job=False)
            continue
        await app.job_manager.retry_job(job, retry_at=timezone.now())
        logger.warning("Job %s of %s is taken up again: its worker died.", job.id, job.task_name)


async def clear(app: App) -> None:
    """Delete jobs of all queues that ended some time ago, and what was noted about their mails and for limits."""
    delete = app.job_manager.delete_old_jobs
    await delete(_hours(KEPT), include_cancelled=True, include_aborted=True)
    await delete(_hours(FAILED_KEPT), include_failed=True)
    now = timezone.now()
    await Delivery.objects.filter(accepted_at__lt=now - DELIVERIES_KEPT).adelete()
    await Count.objects.filter(expires__lt=now).adelete()


def _most_tries(app: App, job: Job) -> int:
    task = app.tasks.get(job.task_name)
    strategy = task.retry_strategy if task else None
    return max(MOST_TRIES, getattr(strategy, "max_attempts", None) or 0)


def _hours(period: timedelta) -> int:
    return int(period.total_seconds() // 3600)
