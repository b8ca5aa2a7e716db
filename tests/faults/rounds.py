"""The rounds themselves, and what is looked at in the end."""

import random
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import psycopg

from tests.faults.load import Curator, Post, Writer
from tests.faults.portal import FAULTS, Portal, free_port

MAILS_WITHIN = 240.0  # seconds after the last fault; a dead worker is noticed after 30, within a minute more
_HALF_MADE = """
SELECT count(*) FROM actors_actor AS actor WHERE name ~ '^[0-9a-f]{32}$' AND (
    (SELECT count(*) FROM actors_service WHERE actor_id = actor.id) <> 1
    OR NOT EXISTS (SELECT FROM actors_actorevent WHERE pgh_obj_id = actor.id))
"""
_ABANDONED = """
SELECT count(*) FROM procrastinate_jobs AS job LEFT JOIN procrastinate_workers AS worker ON worker.id = job.worker_id
WHERE status = 'doing' AND (worker.id IS NULL OR last_heartbeat < now() - interval '15 seconds')
"""


@dataclass
class Outcome:
    """What the rounds did."""

    seconds: list[tuple[str, float | None]] = field(
        default_factory=list
    )  # fault, seconds until it answered again
    acknowledged: int = 0
    present: int = 0  # of those
    unasked: int = 0  # saved, though the answer was lost
    half_made: int = 0
    mails: int = 0
    mails_lost: int = 0
    mails_twice: int = 0
    jobs_left: int = 0  # `doing`, with nobody who does them
    processes_left: int = 0
    gave_up: int = 0  # how often `up` ended by itself
    longest_pause: float = 0.0  # between two saves
    exit_status: int | None = None

    @property
    def lost(self) -> int:
        return self.acknowledged - self.present

    @property
    def orphans(self) -> int:
        return self.half_made + self.jobs_left + self.processes_left + self.mails_lost

    @property
    def is_good(self) -> bool:
        is_back = all(seconds is not None for _fault, seconds in self.seconds)
        return is_back and not (self.lost or self.orphans or self.gave_up or self.exit_status)


def run(
    folder: Path, faults: Iterable[str], *, workers: int = 2, tell: Callable[[str], None] = lambda line: None
) -> Outcome:
    """Hurt a portal under `folder` in all these ways, one after the other, while people work with it."""
    outcome, mail_port = Outcome(), free_port()
    post = Post(mail_port)
    portal = Portal(folder, mail_port=mail_port, workers=workers)
    portal.start()
    try:
        curator = Curator(portal.address, portal.password())
        writer = Writer(f"host={portal.database.socket_dir} user=portal dbname=postgres")
        portal.seconds_until_well(time.monotonic())
        for load in (curator, writer):
            load.start()
        with suppress(KeyboardInterrupt):  # no more rounds; what was done is judged
            for number, fault in enumerate(faults, 1):
                _wait_for_a_save(curator)
                time.sleep(random.uniform(0, 1.5))  # so that the fault meets any moment of the work
                begun = time.monotonic()
                _hurt(portal, fault)
                seconds = portal.seconds_until_well(begun)
                outcome.seconds.append((fault, seconds))
                tell(f"{number:4} {fault:20} {'never' if seconds is None else f'{seconds:6.2f} s'}")
                if portal.up.poll() is not None:  # it ended without being told to
                    outcome.gave_up += 1
                    portal.start()
        for load in (curator, writer):
            load.is_ending.set()
            load.join(60)
        outcome.longest_pause = curator.longest_pause
        _judge(outcome, portal, curator, writer, post)
        outcome.exit_status = portal.stop()
        outcome.processes_left = _left(portal)
    finally:
        for process in portal.processes():
            process.kill()
        post.stop()
    return outcome


def _hurt(portal: Portal, fault: str) -> None:
    """Once; who is to be killed may just have gone by itself, or not be there again yet."""
    deadline = time.monotonic() + 60
    while True:
        try:
            return FAULTS[fault](portal)
        except (psutil.Error, OSError, LookupError, ValueError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def _wait_for_a_save(curator: Curator) -> None:
    """Until somebody has worked with the portal again, but not for ever."""
    saved, deadline = len(curator.acknowledged), time.monotonic() + 30
    while len(curator.acknowledged) == saved and time.monotonic() < deadline:
        time.sleep(0.05)


def _judge(outcome: Outcome, portal: Portal, curator: Curator, writer: Writer, post: Post) -> None:
    deadline = time.monotonic() + MAILS_WITHIN
    with psycopg.connect(writer.conninfo, autocommit=True) as session:
        while time.monotonic() < deadline and (
            set(writer.acknowledged) - post.accepted.keys() or session.execute(_ABANDONED).fetchone()[0]
        ):
            time.sleep(0.5)
    outcome.mails = len(writer.acknowledged)
    outcome.mails_lost = len(set(writer.acknowledged) - post.accepted.keys())
    outcome.mails_twice = sum(times > 1 for times in post.accepted.values())
    with psycopg.connect(writer.conninfo) as session:
        names = {
            name for (name,) in session.execute("SELECT name FROM actors_actor WHERE name ~ '^[0-9a-f]{32}$'")
        }
        outcome.half_made = session.execute(_HALF_MADE).fetchone()[0]
        outcome.jobs_left = session.execute(_ABANDONED).fetchone()[0]
    outcome.acknowledged = len(curator.acknowledged)
    outcome.present = len(names & set(curator.acknowledged))
    outcome.unasked = len(names - set(curator.acknowledged))


def _left(portal: Portal) -> int:
    """Processes that outlived their portal by more than a moment."""
    _gone, alive = psutil.wait_procs(portal.processes(), timeout=20)
    return len(alive)
