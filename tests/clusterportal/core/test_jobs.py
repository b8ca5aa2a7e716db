"""Jobs of dead workers are taken up again; jobs that ended are deleted in time."""

import logging
import uuid
from datetime import timedelta

import pytest
from asgiref.sync import async_to_sync
from django.db import OperationalError, connection
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job

from clusterportal.core import jobs
from clusterportal.core.mailing import NotAccepted
from clusterportal.core.models import Count, Delivery

take_up, clear = async_to_sync(jobs.take_up), async_to_sync(jobs.clear)


@pytest.fixture(autouse=True)
def nothing_else(transactional_db):
    """The tables of the queue are emptied by nobody else between tests of this kind."""
    for table in ("procrastinate_jobs", "procrastinate_workers"):
        execute(f"DELETE FROM {table}")
    yield
    execute("DELETE FROM procrastinate_jobs")


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def worker(*, silent_for: int) -> int:
    """A worker whose heart beat last some seconds ago; its key."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s)) "
            "RETURNING id",
            [silent_for],
        )
        return cursor.fetchone()[0]


def job(*, status: str = "doing", worker_id: int | None = None, hours_ago: int = 0, **fields) -> int:
    """A job, in this state for some hours; its key."""
    about = {
        "queue_name": "default",
        "task_name": "imports.work",
        "attempts": 0,
        "queueing_lock": None,
    } | fields
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, attempts, queueing_lock, status, worker_id) "
            "VALUES (%s, %s, %s, %s, %s, %s) RETURNING id",
            [*about.values(), status, worker_id],
        )
        key = cursor.fetchone()[0]
        cursor.execute("DELETE FROM procrastinate_events WHERE job_id = %s", [key])
        cursor.execute(
            "INSERT INTO procrastinate_events (job_id, type, at) "
            "VALUES (%s, 'started', now() - make_interval(hours => %s))",
            [key, hours_ago],
        )
    return key


def states() -> dict[int, tuple[str, int]]:
    rows = ProcrastinateJob.objects.order_by("pk").values_list("pk", "status", "attempts")
    return {key: (status, tries) for key, status, tries in rows}


def test_only_jobs_of_dead_workers_are_taken_up(caplog):
    dead, gone, alive = job(worker_id=worker(silent_for=31)), job(), job(worker_id=worker(silent_for=5))
    waiting = job(status="todo")
    with caplog.at_level(logging.WARNING, "clusterportal"):
        take_up(app)
    assert states() == {dead: ("todo", 1), gone: ("todo", 1), alive: ("doing", 0), waiting: ("todo", 0)}
    assert [record.getMessage() for record in caplog.records] == [
        f"Job {key} of imports.work is taken up again: its worker died." for key in (dead, gone)
    ]


def test_a_worker_that_comes_back_does_its_job_once():
    """It was silent for too long, its row went and its job is in other hands; then it goes on."""
    sleeper = worker(silent_for=31)
    key = job(worker_id=sleeper)
    other = worker(silent_for=0)
    execute(f"DELETE FROM procrastinate_workers WHERE id = {sleeper}")  # as each new worker does
    take_up(app)
    assert states() == {key: ("todo", 1)}
    execute(f"UPDATE procrastinate_jobs SET status = 'doing', worker_id = {other} WHERE id = {key}")
    take_up(app)  # whoever has it in hand lives
    assert states() == {key: ("doing", 1)}
    execute(f"SELECT procrastinate_update_heartbeat_v1({sleeper})")
    assert states() == {key: ("doing", 1)}


def test_a_worker_that_died_before_the_clock_was_set_back_is_missed_all_the_same():
    """Its heart beat an hour from now: it has the usual time to beat again, and no more."""
    key = job(worker_id=worker(silent_for=-3600))
    take_up(app)
    assert states() == {key: ("doing", 0)}
    execute("UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '31 seconds'")
    take_up(app)
    assert states() == {key: ("todo", 1)}


def test_a_job_that_takes_its_worker_along_each_time_fails():
    poison = job(attempts=jobs.MOST_TRIES - 1)
    mail = job(task_name="core.send_message", queue_name="mail", attempts=jobs.MOST_TRIES - 1)
    take_up(app)
    assert states() == {poison: ("failed", jobs.MOST_TRIES), mail: ("todo", jobs.MOST_TRIES)}


def test_a_job_whose_successor_waits_already_is_let_go():
    old = job(queueing_lock="nightly")
    new = job(status="todo", queueing_lock="nightly")
    other = job()
    take_up(app)
    assert states() == {old: ("aborted", 1), new: ("todo", 0), other: ("todo", 1)}


def test_what_ended_is_deleted_in_time_in_every_queue():
    day = 24
    kept = [
        job(status="succeeded", hours_ago=3 * day - 1),
        job(status="failed", hours_ago=4 * day, queue_name="mail"),
        job(status="todo", hours_ago=90 * day),
    ]
    for status in ("succeeded", "cancelled", "aborted"):
        for queue in ("default", "mail", "builtin"):
            job(status=status, hours_ago=3 * day + 1, queue_name=queue)
    job(status="failed", hours_ago=14 * day + 1, queue_name="mail")
    now = timezone.now()
    old, young = (
        Delivery.objects.create(key=uuid.uuid4(), accepted_at=now - timedelta(days=d)) for d in (31, 29)
    )
    Count.objects.create(cache_key="a", value="", expires=now - timedelta(seconds=1))
    Count.objects.create(cache_key="b", value="", expires=now + timedelta(minutes=1))
    clear(app)
    assert list(states()) == kept
    assert list(Delivery.objects.all()) == [young] != [old]
    assert [count.pk for count in Count.objects.all()] == ["b"]


def is_retried(name: str, error: Exception, attempts: int = 0) -> bool:
    about = {"id": 1, "status": "doing", "queue": "default", "task_name": name, "attempts": attempts}
    return app.tasks[name].get_retry_exception(error, Job(**about, lock=None, queueing_lock=None)) is not None


@pytest.mark.parametrize(
    "name", ["atlas.make", "newsletters.send_test", "atlas.keep_ready", "management.keep_years"]
)
def test_what_no_later_job_makes_up_for_is_tried_again_after_an_outage(name):
    assert is_retried(name, OperationalError("no session"))
    assert is_retried(name, NotAccepted("the mail server is away"))
    assert not is_retried(name, ValueError("wrong"))
    assert not is_retried(name, OperationalError("still none"), jobs.MOST_TRIES)


@pytest.mark.parametrize("name", ["newsroom.publish_due", "network.keep_betweenness"])
def test_what_comes_again_within_minutes_is_left_to_its_next_turn(name):
    assert not is_retried(name, OperationalError("no session"))
