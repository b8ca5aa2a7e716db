"""What became of a portal that was hurt: of saves, mails, jobs, publications, processes, and of those who read."""

import time
from dataclasses import dataclass, field

import psutil
import psycopg

from tests.faults.kinds import Stage
from tests.faults.load import Curator, Visitor, Writer
from tests.faults.portal import Portal

# Seconds after the last fault, or the last mail that was accepted since: a dead worker is noticed after 30, within a
# minute more; a mail that was refused twice waits for six minutes in all.
WITHIN = 480.0
_HALF_MADE = """
SELECT count(*) FROM actors_actor AS actor WHERE name ~ '^[0-9a-f]{32}$' AND (
    (SELECT count(*) FROM actors_service WHERE actor_id = actor.id) <> 1
    OR NOT EXISTS (SELECT FROM actors_actorevent WHERE pgh_obj_id = actor.id))
"""
_ABANDONED = """
SELECT count(*) FROM procrastinate_jobs AS job LEFT JOIN procrastinate_workers AS worker ON worker.id = job.worker_id
WHERE status = 'doing' AND (worker.id IS NULL OR last_heartbeat < now() - interval '15 seconds')
"""
_TOLD = """
SELECT concat_ws(' ', task_name, job.id, args, status, 'tries', attempts, 'due', scheduled_at,
    string_agg(concat_ws(' ', event.type, event.at), ', ' ORDER BY event.id))
FROM procrastinate_jobs AS job LEFT JOIN procrastinate_events AS event ON event.job_id = job.id
"""
# What comes by itself every minute, and was done since, is done.
_FAILED = f"""{_TOLD} WHERE status = 'failed' AND NOT EXISTS (
    SELECT FROM procrastinate_jobs AS later WHERE later.queueing_lock = job.queueing_lock
    AND later.status = 'succeeded' AND later.id > job.id)
GROUP BY job.id
"""
_NOT_SENT = f"{_TOLD} WHERE task_name = 'core.send_message' AND args->>'key' = ANY(%s) GROUP BY job.id"
# As if the time had passed after which a silent worker counts as dead and a refused mail is tried again; and the jobs
# of the minute at once.
_HURRY = """
UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '1 minute'
WHERE last_heartbeat < now() - interval '11 seconds';
UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo' AND scheduled_at IS NOT NULL;
INSERT INTO procrastinate_jobs (queue_name, task_name, priority, queueing_lock, args)
VALUES ('default', 'core.take_up_jobs', 100, 'core.take_up_jobs', '{"timestamp": 0}') ON CONFLICT DO NOTHING
"""
_WAITING_TO_APPEAR = (
    "SELECT count(*) FROM newsroom_contribution WHERE id = ANY(%s) AND publish_at IS NOT NULL"
)
# How often each of them was written down as published, at the moment that was promised.
_APPEARED = """
SELECT pgh_obj_id, count(*) FILTER (WHERE publish_at IS NULL), max(extract(epoch FROM published_at))
FROM newsroom_contributionevent WHERE pgh_obj_id = ANY(%s) GROUP BY 1
"""


@dataclass
class Outcome:
    """What the rounds did."""

    seconds: list[tuple[str, float | None]] = field(default_factory=list)  # fault, until it answered again
    acknowledged: int = 0
    present: int = 0  # of those
    unasked: int = 0  # saved, though the answer was lost
    half_made: int = 0
    mails: int = 0
    mails_lost: list[str] = field(default_factory=list)  # what became of their jobs
    mails_twice: int = 0
    planned: int = 0  # publications, over which the clock was set
    jobs_left: int = 0  # `doing`, with nobody who does them
    jobs_failed: list[str] = field(default_factory=list)  # name, arguments, what befell it
    processes_left: int = 0
    gave_up: int = 0  # how often `up` ended by itself
    longest_pause: float = 0.0  # between two saves
    slowest: float = 0.0  # answer that a visitor got
    answers: dict = field(default_factory=dict)  # of visitors, by their status
    broken: list[str] = field(default_factory=list)  # addresses that answered 500
    wrong: list[str] = field(default_factory=list)
    exit_status: int | None = None

    @property
    def lost(self) -> int:
        return self.acknowledged - self.present

    @property
    def orphans(self) -> int:
        return (
            self.half_made
            + self.jobs_left
            + len(self.jobs_failed)
            + self.processes_left
            + len(self.mails_lost)
        )

    @property
    def is_good(self) -> bool:
        is_back = all(seconds is not None for _fault, seconds in self.seconds)
        amiss = (self.lost, self.orphans, self.gave_up, self.exit_status, self.wrong, self.broken)
        return is_back and not any(amiss)


def judge(
    outcome: Outcome, stage: Stage, curator: Curator, writer: Writer, visitor: Visitor, *, is_hurried: bool
) -> None:
    """Wait until all that was under way is done, and count."""
    if stage.clock:  # so that every planned moment is over
        stage.clock.step(stage.clock.furthest + 3600 - stage.clock.moved_by)
    planned, accepted, last = list(stage.planned), 0, time.monotonic()
    with psycopg.connect(writer.conninfo, autocommit=True) as session:
        while time.monotonic() - last < WITHIN and (
            set(writer.acknowledged) - stage.post.accepted.keys()
            or session.execute(_ABANDONED).fetchone()[0]
            or session.execute(_WAITING_TO_APPEAR, [planned]).fetchone()[0]
            or session.execute(_FAILED).fetchone()  # until the next minute does it again
        ):
            if is_hurried:
                session.execute(_HURRY)
            if len(stage.post.accepted) > accepted:
                accepted, last = len(stage.post.accepted), time.monotonic()
            time.sleep(0.5)
        names = {
            name for (name,) in session.execute("SELECT name FROM actors_actor WHERE name ~ '^[0-9a-f]{32}$'")
        }
        outcome.half_made = session.execute(_HALF_MADE).fetchone()[0]
        outcome.jobs_left = session.execute(_ABANDONED).fetchone()[0]
        outcome.jobs_failed = [told for (told,) in session.execute(_FAILED)]
        lost = list(set(writer.acknowledged) - stage.post.accepted.keys())
        outcome.mails_lost = [told for (told,) in session.execute(_NOT_SENT, [lost])]
        outcome.mails_lost += ["no job"] * (len(lost) - len(outcome.mails_lost))
        appeared = {key: rest for key, *rest in session.execute(_APPEARED, [planned])}
    outcome.mails = len(writer.acknowledged)
    outcome.mails_twice = sum(times > 1 for times in stage.post.accepted.values())
    outcome.acknowledged = len(curator.acknowledged)
    outcome.present = len(names & set(curator.acknowledged))
    outcome.unasked = len(names - set(curator.acknowledged))
    outcome.longest_pause, outcome.slowest = curator.longest_pause, visitor.slowest
    outcome.answers, outcome.broken = dict(visitor.answers), [*curator.broken, *visitor.broken]
    outcome.planned, outcome.wrong = len(planned), list(stage.wrong)
    for key, moment in stage.planned.items():
        times, at = appeared.get(key, (0, None))
        if (times, at) != (1, moment):
            outcome.wrong.append(
                f"a publication planned for {moment:.0f} was written down {times} times, {at}"
            )


def left(portal: Portal) -> int:
    """Processes that outlived their portal by more than a moment."""
    _gone, alive = psutil.wait_procs(portal.processes(), timeout=20)
    return len(alive)
