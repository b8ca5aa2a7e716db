"""Every way in which a portal is hurt: its processes (`portal.py`), and what it stands on (`surroundings.py`)."""

import signal
import subprocess
import sys
import time
import urllib.request
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Thread

import psutil
import psycopg

from tests.faults.load import Post
from tests.faults.portal import FAULTS, ROOT, Portal
from tests.faults.surroundings import CacheServer, Clock, Disk

HOUR = 3600  # seconds
_AHEAD = 1800  # seconds from now at which a contribution is to appear

_WAITING_FOR_THE_FEED = (
    "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%%partners_feedstate%%'"
)


@dataclass
class Stage:
    """A portal, what it stands on, and what was found wrong with it."""

    portal: Portal
    post: Post
    disk: Disk | None = None
    clock: Clock | None = None
    cache: CacheServer | None = None
    wrong: list[str] = field(default_factory=list)
    contributions: list[int] = field(default_factory=list)  # that may still be planned
    planned: dict[int, float] = field(default_factory=dict)  # contributions, and when they are to appear
    sessions: list[psycopg.Connection] = field(default_factory=list)
    other_worker: subprocess.Popen | None = None
    last_told: int = 0  # position of the feed before the sequencer was killed

    @property
    def conninfo(self) -> str:
        return f"host={self.portal.database.socket_dir} user=portal dbname=postgres connect_timeout=5"

    def ask(self, statement: str, *values) -> list[tuple]:
        """Rows of a statement; a transaction of its own."""
        with psycopg.connect(self.conninfo) as session:
            done = session.execute(statement, values)
            return done.fetchall() if done.description else []


@dataclass(frozen=True)
class Kind:
    """`hurt`, and `mend` after a while where somebody has to; `look` says what it left behind, into `Stage.wrong`.

    `pages_go_on`: nobody who reads notices, so the portal has to be well while it `lasts` (seconds), and not after.
    `needs`: what the stage must have. `is_rare`: takes long, and comes a few times in a run.
    """

    hurt: Callable[[Stage], object]
    mend: Callable[[Stage], object] | None = None
    lasts: float = 2.0
    pages_go_on: bool = False
    look: Callable[[Stage], None] | None = None
    needs: str = ""
    is_rare: bool = False


# ---------- mails ----------
def refuse_mails(stage: Stage, answer: str = "451 4.3.2 later") -> None:
    stage.post.refusal = answer


def hold_mails(stage: Stage, is_holding: bool = True) -> None:
    stage.post.is_holding = is_holding


def wait_for_a_mail(stage: Stage) -> None:
    """Until the worker speaks to the mail server, but not for ever."""
    deadline = time.monotonic() + 30
    while not stage.post.in_hand and time.monotonic() < deadline:
        time.sleep(0.02)


def kill_worker_before_the_answer(stage: Stage) -> None:
    """Between taking a mail in hand and the mail server's answer."""
    hold_mails(stage)
    try:
        wait_for_a_mail(stage)
        stage.portal.kill_job_worker()
    finally:
        hold_mails(stage, False)


def suspend_worker(stage: Stage) -> None:
    """With a mail in hand, as a machine that sleeps; another worker comes, declares it dead and takes up its job."""
    wait_for_a_mail(stage)
    stage.portal.child("procrastinate").send_signal(signal.SIGSTOP)
    stage.other_worker = subprocess.Popen(
        [sys.executable, "manage.py", "procrastinate", "worker"], cwd=ROOT, env=stage.portal.environment,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def wake_worker(stage: Stage) -> None:
    """The first one comes back under its name, which is nobody's any more."""
    stage.portal.child("procrastinate").send_signal(signal.SIGCONT)
    stage.other_worker.terminate()
    with suppress(subprocess.TimeoutExpired):
        stage.other_worker.wait(60)
    stage.other_worker.kill()


# ---------- database ----------
def take_all_sessions(stage: Stage) -> None:
    with suppress(psycopg.OperationalError):
        while len(stage.sessions) < 1000:
            stage.sessions.append(psycopg.connect(stage.conninfo))


def give_sessions_back(stage: Stage) -> None:
    while stage.sessions:
        stage.sessions.pop().close()


def kill_sequencer(stage: Stage) -> None:
    """Everybody who numbers changes, between their writes and their commit, which a lock of ours holds up."""
    with psycopg.connect(stage.conninfo) as lock:
        [[stage.last_told]] = lock.execute("SELECT position FROM partners_feedstate FOR UPDATE").fetchall()
        stage.ask("UPDATE layers_layer SET description_de = %s WHERE position = 1", uuid.uuid4().hex)
        Thread(target=ask_for_changes, args=[stage], daemon=True).start()
        deadline = time.monotonic() + 30
        while not stage.ask(_WAITING_FOR_THE_FEED):
            if time.monotonic() > deadline:
                raise LookupError("nobody numbers changes")
            time.sleep(0.02)
        stage.portal.kill_job_worker()
        stage.portal.kill_web_server()


def ask_for_changes(stage: Stage) -> None:
    with (
        suppress(OSError),
        urllib.request.urlopen(f"{stage.portal.address}/api/v1/changes/?limit=1", timeout=20),
    ):
        pass


def look_at_the_feed(stage: Stage) -> None:
    """The change is told once, and no number is missing."""
    told = "SELECT count(*) FROM partners_feedentry WHERE object = 'layer' AND position > %s"
    deadline = time.monotonic() + 60
    while not (found := stage.ask(told, stage.last_told)[0][0]) and time.monotonic() < deadline:
        ask_for_changes(stage)
        time.sleep(0.1)
    if found != 1:
        stage.wrong.append(f"a change was told {found} times")
    numbers = "SELECT count(*), COALESCE(max(position), 0) FROM partners_feedentry WHERE position > 0"
    [[count, last]] = stage.ask(numbers)
    if count != last:
        stage.wrong.append(f"the feed has {count} entries up to number {last}")


# ---------- clock ----------
def step_ahead(stage: Stage) -> None:
    """An hour, over the moment at which a contribution is to appear."""
    if stage.contributions:
        key, moment = stage.contributions.pop(), round(stage.clock.now()) + _AHEAD
        stage.ask("UPDATE newsroom_contribution SET publish_at = to_timestamp(%s) WHERE id = %s", moment, key)
        stage.planned[key] = moment
    stage.clock.step(HOUR)


KINDS: dict[str, Kind] = {
    **{name: Kind(lambda stage, hurt=hurt: hurt(stage.portal)) for name, hurt in FAULTS.items()},
    "worker killed amid a mail": Kind(kill_worker_before_the_answer),
    "worker comes back": Kind(
        suspend_worker, wake_worker, lasts=45, pages_go_on=True, is_rare=True,
    ),
    "sequencer killed": Kind(kill_sequencer, look=look_at_the_feed),
    "all sessions taken": Kind(take_all_sessions, give_sessions_back),
    "mail server away": Kind(
        lambda stage: stage.post.stop(), lambda stage: stage.post.start(), pages_go_on=True
    ),
    "mail server refuses": Kind(
        refuse_mails, lambda stage: refuse_mails(stage, ""), pages_go_on=True
    ),
    "mail server silent": Kind(
        hold_mails, lambda stage: hold_mails(stage, False), lasts=5, pages_go_on=True
    ),
    "cache killed": Kind(
        lambda stage: stage.cache.kill(), lambda stage: stage.cache.start(), pages_go_on=True, needs="cache"
    ),
    "cache hung": Kind(
        lambda stage: stage.cache.hang(), lambda stage: stage.cache.go_on(), pages_go_on=True, needs="cache"
    ),
    "cache full": Kind(
        lambda stage: stage.cache.fill(), lambda stage: stage.cache.empty(), pages_go_on=True, needs="cache"
    ),
    "cache lies": Kind(lambda stage: stage.cache.lie(), pages_go_on=True, needs="cache"),
    "disk full": Kind(
        lambda stage: stage.disk.fill(), lambda stage: stage.disk.clear(), needs="disk"
    ),
    "clock set ahead": Kind(step_ahead, pages_go_on=True, needs="clock"),
    "clock set back": Kind(lambda stage: stage.clock.step(-HOUR), pages_go_on=True, needs="clock"),
}  # fmt: skip


def possible(stage: Stage) -> list[str]:
    """The kinds for which this machine has what they need."""
    return [name for name, kind in KINDS.items() if not kind.needs or getattr(stage, kind.needs) is not None]


def is_hurt(stage: Stage, name: str) -> None:
    """Once; who is to be killed may just have gone by itself, or not be there again yet."""
    deadline = time.monotonic() + 60
    while True:
        try:
            KINDS[name].hurt(stage)
            return
        except (psutil.Error, psycopg.Error, OSError, LookupError, ValueError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
