"""Whether a running portal is well: what `manage.py doctor` and the page "Operation" look at, one line each."""

import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.template.defaultfilters import filesizeformat
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from procrastinate.contrib.django.models import ProcrastinateJob

from clusterportal.core import job_queue, replica
from clusterportal.core.backup_notes import last_made_at
from clusterportal.core.embedded import EmbeddedServerError
from clusterportal.core.models import Standstill
from clusterportal.core.outbox import MailState, mails_by_state
from clusterportal.core.stored_files import FilesUnreachable, is_local

LATEST_JOB = timedelta(minutes=5)
LEAST_FREE = 1024**3  # bytes
_UNSENT = ("console.EmailBackend", "dummy.EmailBackend")
LATEST_MAIL = timedelta(hours=2)
MOST_BEHIND = timedelta(minutes=1)  # of the replica; until it has caught up, readers ask the primary
MOST_OFF = timedelta(seconds=5)  # between this machine's clock and that of the database


@dataclass(frozen=True)
class CheckResult:
    """What one look found: whether it is well, and a sentence that says so or what to do."""

    is_well: bool
    sentence: str


Check = Callable[[], Iterable[CheckResult]]
_further: list[Check] = []


def also_examine(check: Check) -> None:
    """Let a room above look after what it promises; called in its `ready()`."""
    _further.append(check)


def examine() -> Iterator[CheckResult]:
    """Everything in order. Without a database the rest cannot be told, and is left out."""
    yield _disk()
    yield from _files()
    try:
        connection.ensure_connection()
    except (DatabaseError, EmbeddedServerError) as error:
        said = str(error).strip()
        yield CheckResult(False, _("The database cannot be reached: %(error)s") % {"error": said})
        return
    yield CheckResult(True, _("The database answers."))
    pending = _pending_migrations()
    if pending:
        text = _("Migrations that are waiting: %(count)d. Run `manage.py migrate`.")
        yield CheckResult(False, text % {"count": pending})
        return
    yield CheckResult(True, _("Every migration is applied."))
    yield _clock()
    yield from _replica()
    yield from _jobs()
    yield from _mails()
    yield from _backup()
    for check in _further:
        yield from check()


def free_bytes() -> int:
    """Room on the disk of the portal's files; with an embedded database, of that too."""
    return shutil.disk_usage(settings.PORTAL_DATA_DIR).free


def _disk() -> CheckResult:
    free = free_bytes()
    text = _("%(room)s GiB are free in %(folder)s.")
    room = formats.number_format(free / LEAST_FREE, 1)
    return CheckResult(free >= LEAST_FREE, text % {"room": room, "folder": settings.PORTAL_DATA_DIR})


def _files() -> Iterator[CheckResult]:
    """Says nothing where the files lie on the disk."""
    if is_local(default_storage):
        return
    try:
        default_storage.listdir("")
    except FilesUnreachable as error:
        text = _("The storage of the files (FILES_URL) does not answer: %(error)s")
        yield CheckResult(False, text % {"error": error})
    else:
        yield CheckResult(True, _("The storage of the files answers."))


def _pending_migrations() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _clock() -> CheckResult:
    with connection.cursor() as cursor:
        before = timezone.now()
        cursor.execute("SELECT clock_timestamp()")
        [there] = cursor.fetchone()
    off = abs(there - before)
    if off <= MOST_OFF:
        return CheckResult(True, _("This machine and the database have the same time."))
    text = _("This machine and the database differ by %(time)s: set their clocks by NTP.")
    return CheckResult(False, text % {"time": in_words(off)})


def _replica() -> Iterator[CheckResult]:
    """Says nothing where there is none."""
    if replica.REPLICA not in settings.DATABASES:
        return
    if (lag := replica.lag()) is None:
        text = _(
            "The replica (DATABASE_REPLICA_URL) does not answer or follows nobody: readers ask the primary."
        )
        yield CheckResult(False, text)
        return
    about = {"time": in_words(lag.time), "room": filesizeformat(lag.bytes)}
    text = _("The replica is behind by %(time)s and %(room)s of the log.")
    yield CheckResult(
        lag.time <= MOST_BEHIND, text % about if lag.bytes else _("The replica has everything.")
    )


def _jobs() -> Iterator[CheckResult]:
    late = job_queue.longest_wait()
    if late > LATEST_JOB:
        text = _("Jobs have been waiting for %(time)s: is the worker running (`manage.py up`)?")
        yield CheckResult(False, text % {"time": in_words(late)})
    else:
        yield CheckResult(True, _("No job is late."))
    if failed := ProcrastinateJob.objects.filter(status=job_queue.FAILED).count():
        text = _(
            "Jobs that failed within the last two weeks: %(count)d. The log of the worker says why, the page "
            "“Operation” of the admin has them done again."
        )
        yield CheckResult(False, text % {"count": failed})


def _mails() -> Iterator[CheckResult]:
    """Whether the mail server takes mails: some of every kind wait, whose time came hours ago, when it does not."""
    since = timezone.now() - LATEST_MAIL
    late = undecided = 0
    for model, states in mails_by_state().items():
        undecided += states.get(MailState.UNCLEAR, 0)
        if states.get(MailState.WAITING):
            due = {"state": MailState.WAITING, "due_at__lt": since}
            late += model._default_manager.filter(**due).count()
    late += job_queue.due().filter(queue_name="mail", attempts__gt=0).count()
    if late and not Standstill.is_on():
        text = _(
            "Mails that wait longer than they should: %(count)d. Does the mail server (EMAIL_URL) take them?"
        )
        yield CheckResult(False, text % {"count": late})
    if undecided:
        text = _(
            "Mails of which nobody knows whether they went out: %(count)d. The page “Operation” lists where."
        )
        yield CheckResult(False, text % {"count": undecided})
    if settings.IS_PUBLIC and settings.EMAIL_BACKEND.endswith(_UNSENT):
        yield CheckResult(False, _("Mails are not sent but printed: set EMAIL_URL."))


def _backup() -> Iterator[CheckResult]:
    """Says nothing where nobody asked for backups and none was made: databases can be backed up in other ways."""
    made_at, days = last_made_at(), settings.BACKUP_DAYS
    if made_at is None:
        if days:
            text = _(
                "No backup was made: run `manage.py backup FILE` every %(count)d days, or set BACKUP_DAYS=0."
            )
            yield CheckResult(False, text % {"count": days})
        return
    age = timezone.now() - made_at
    is_young = not days or age <= timedelta(days=days)
    yield CheckResult(is_young, _("The last backup was made %(time)s ago.") % {"time": in_words(age)})


def in_words(span: timedelta) -> str:
    """A span as people say it, in its largest unit: "3 hours", "1 minute"."""
    for seconds, word in (
        (86_400, lambda n: ngettext("%(count)d day", "%(count)d days", n)),
        (3600, lambda n: ngettext("%(count)d hour", "%(count)d hours", n)),
        (60, lambda n: ngettext("%(count)d minute", "%(count)d minutes", n)),
        (1, lambda n: ngettext("%(count)d second", "%(count)d seconds", n)),
    ):
        if span.total_seconds() >= seconds:
            number = int(span.total_seconds() // seconds)
            return word(number) % {"count": number}
    return _("less than a second")
