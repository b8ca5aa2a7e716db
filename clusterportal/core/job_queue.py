"""How the queue of jobs stands: for `doctor`, for measurements and for the administrators' page."""

from datetime import datetime, timedelta

from django.db.models import Count, DateTimeField, Min, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob

WAITING, RUNNING, FAILED = "todo", "doing", "failed"  # as procrastinate calls them


def counts() -> dict[tuple[str, str], int]:
    """How many jobs there are by queue and status, those that ended some days ago aside: they are deleted."""
    rows = ProcrastinateJob.objects.order_by().values_list("queue_name", "status").annotate(count=Count("pk"))
    return {(queue, status): count for queue, status, count in rows}


def due() -> QuerySet[ProcrastinateJob]:
    """Jobs that a worker could take now, with `due_at`: the moment for which they were asked."""
    return with_moment("deferred", ProcrastinateJob.objects.filter(status=WAITING)).filter(
        due_at__lte=timezone.now()
    )


def with_moment(event: str, jobs: QuerySet) -> QuerySet:
    """Annotates `due_at`: when a job was planned for, else when it was asked for; and `event_at`, its last `event`."""
    events = ProcrastinateEvent.objects.filter(job_id=OuterRef("pk"))

    def moment(kind: str, order: str) -> Subquery:
        return Subquery(
            events.filter(type=kind).order_by(order).values("at")[:1], output_field=DateTimeField()
        )

    return jobs.annotate(
        due_at=Coalesce("scheduled_at", moment("deferred", "at")), event_at=moment(event, "-at")
    )


def longest_wait() -> timedelta:
    """How long the job has been waiting that waits longest; zero where none does."""
    since: datetime | None = due().aggregate(since=Min("due_at"))["since"]
    return timezone.now() - since if since else timedelta()


def longest_waits() -> dict[str, timedelta]:
    """The same, queue by queue; queues in which nothing waits are missing."""
    now = timezone.now()
    rows = due().order_by().values_list("queue_name").annotate(since=Min("due_at"))
    return {queue: now - since for queue, since in rows}
