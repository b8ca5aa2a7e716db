"""Whether a running portal is well: what `manage.py doctor` looks at, one line each."""

import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from clusterportal.core.embedded import EmbeddedServerError

LATEST_JOB = timedelta(minutes=5)
LEAST_FREE = 1024**3  # bytes
MOST_OFF = timedelta(seconds=5)  # between this machine's clock and that of the database


@dataclass(frozen=True)
class Line:
    """What one look found: whether it is well, and a sentence that says so or what to do."""

    is_well: bool
    sentence: str


Check = Callable[[], Iterable[Line]]
_further: list[Check] = []


def also_examine(check: Check) -> None:
    """Let a room above look after what it promises; called in its `ready()`."""
    _further.append(check)


def examine() -> Iterator[Line]:
    """Everything in order. Without a database the rest cannot be told, and is left out."""
    yield _disk()
    try:
        connection.ensure_connection()
    except (DatabaseError, EmbeddedServerError) as error:
        yield Line(False, f"The database cannot be reached: {str(error).strip()}")
        return
    yield Line(True, "The database answers.")
    pending = _pending_migrations()
    if pending:
        yield Line(False, f"{pending} migrations are waiting: run `manage.py migrate`.")
        return
    yield Line(True, "Every migration is applied.")
    yield _clock()
    yield from _jobs()
    for check in _further:
        yield from check()


def _disk() -> Line:
    free = shutil.disk_usage(settings.PORTAL_DATA_DIR).free
    sentence = f"{free / LEAST_FREE:.1f} GiB are free in {settings.PORTAL_DATA_DIR}."
    return Line(free >= LEAST_FREE, sentence)


def _pending_migrations() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _clock() -> Line:
    with connection.cursor() as cursor:
        before = timezone.now()
        cursor.execute("SELECT clock_timestamp()")
        [there] = cursor.fetchone()
    off = abs(there - before)
    if off <= MOST_OFF:
        return Line(True, "This machine and the database have the same time.")
    return Line(False, f"This machine and the database differ by {in_words(off)}: set their clocks by NTP.")


def _jobs() -> Iterator[Line]:
    jobs = ProcrastinateJob.objects.filter(status="todo")
    now = timezone.now()
    due = jobs.filter(scheduled_at__lte=now).order_by("scheduled_at").first()
    waiting = jobs.filter(scheduled_at=None).order_by("pk").first()
    begun = [one.scheduled_at for one in (due,) if one] + [_put_in(one) for one in (waiting,) if one]
    late = max((now - moment for moment in begun if moment), default=timedelta(0))
    if late > LATEST_JOB:
        yield Line(
            False, f"Jobs have been waiting for {in_words(late)}: is the worker running (`manage.py up`)?"
        )
    else:
        yield Line(True, "No job is late.")
    if failed := ProcrastinateJob.objects.filter(status="failed").count():
        yield Line(False, f"{failed} jobs failed within the last two weeks: the log of the worker says why.")


def _put_in(job: ProcrastinateJob):
    event = job.procrastinateevent_set.filter(type="deferred").order_by("at").first()
    return event.at if event else None


def in_words(span: timedelta) -> str:
    """A span as people say it, in its largest unit: "3 hours", "1 minute"."""
    for unit, seconds in (("day", 86_400), ("hour", 3600), ("minute", 60), ("second", 1)):
        if span.total_seconds() >= seconds:
            number = int(span.total_seconds() // seconds)
            return f"{number} {unit}{'s' if number > 1 else ''}"
    return "less than a second"
