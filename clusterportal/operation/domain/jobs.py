"""The jobs that administrators look at, and having failed ones done again."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from clusterportal.core import job_queue
from clusterportal.core.jobs import SILENCE

MOST_JOBS_OF_KIND = 25  # of each kind that the page lists
AT_ONCE = 500  # failed ones that are put back with one press


@dataclass(frozen=True)
class Jobs:
    """How many there are, and some of them: the oldest that wait or run, the latest that failed.

    What they were asked with is never shown: it holds addresses and words of people.
    """

    due: int
    planned: int
    running: int
    failed: int
    workers: int  # that were heard of within the last half minute
    waiting_list: list[ProcrastinateJob]
    running_list: list[ProcrastinateJob]
    failed_list: list[ProcrastinateJob]


def jobs() -> Jobs:
    due = job_queue.due()
    due_count, waiting = due.count(), ProcrastinateJob.objects.filter(status=job_queue.WAITING).count()
    running, failed = _with(job_queue.RUNNING, "started"), _with(job_queue.FAILED, "failed")
    heard = timezone.now() - timedelta(seconds=SILENCE)
    return Jobs(
        due=due_count,
        planned=waiting - due_count,
        running=running.count(),
        failed=failed.count(),
        workers=ProcrastinateWorker.objects.filter(last_heartbeat__gte=heard).count(),
        waiting_list=_shown(due.order_by("due_at", "pk")),
        running_list=_shown(running.order_by("event_at", "pk")),
        failed_list=_shown(failed.order_by("-event_at", "-pk")),
    )


def try_again(*, job: int | None = None) -> int:
    """Put this failed job, or all of them, back into the queue; returns how many are.

    A job whose successor waits already, as its queueing lock says, stays what it is: its work will be done.
    """
    failed = ProcrastinateJob.objects.filter(status=job_queue.FAILED).order_by("pk")
    waiting = ProcrastinateJob.objects.filter(status=job_queue.WAITING, queueing_lock__isnull=False)
    locks = set(waiting.values_list("queueing_lock", flat=True))
    chosen = failed.filter(pk=job) if job is not None else failed
    done = 0
    with transaction.atomic():
        for pk, lock in chosen.values_list("pk", "queueing_lock")[:AT_ONCE]:
            if lock is None or lock not in locks:
                app.job_manager.retry_job_by_id(pk, retry_at=timezone.now())
                locks.add(lock)
                done += 1
    return done


def _with(status: str, event: str) -> QuerySet:
    return job_queue.with_moment(event, ProcrastinateJob.objects.filter(status=status))


def _shown(found: QuerySet) -> list[ProcrastinateJob]:
    """Without their arguments, which nobody shall read here."""
    return list(found.defer("args")[:MOST_JOBS_OF_KIND])
