"""The rounds themselves: a portal under load is hurt in one way after the other; `judging.py` looks at it then."""

import random
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from tests.faults import judging
from tests.faults.judging import Outcome
from tests.faults.kinds import KINDS, Stage, ask_for_changes, is_hurt, possible
from tests.faults.load import Curator, Post, Visitor, Writer
from tests.faults.portal import ROOT, Portal, free_port
from tests.faults.surroundings import CacheServer, Clock, Disk, available

Choose = Callable[[list[str]], list[str]]  # of the kinds that are possible here, those of each round
Tell = Callable[[str], None]
# Contributions that are planned, the moment of each still far away.
_PLAN = """
from datetime import datetime, timezone
from clusterportal.newsroom.models import Contribution
far = datetime(2100, 1, 1, tzinfo=timezone.utc)
for number in range({count}):
    Contribution.objects.create(
        title_de=f"Geplant {{number}}", slug=f"geplant-{{number}}", lead_de="Bald.", state="published", publish_at=far
    )
"""


def run(
    folder: Path,
    choose: Choose,
    *,
    workers: int = 2,
    contributions: int = 0,
    on_a_small_disk: bool = False,
    with_a_clock: bool = False,
    is_hurried: bool = False,
    breath: float = 1.5,
    tell: Tell = lambda line: None,
) -> Outcome:
    """Hurt a portal under `folder` in the ways that `choose` gives, while people work with it.

    `contributions`: that may be planned for the steps of the clock. `is_hurried`: what takes its time, such as a dead
    worker that is missed after half a minute, happens at once in the end. `breath`: at most so many seconds between
    two rounds.
    """
    outcome = Outcome()
    disk = available(Disk, folder) if on_a_small_disk else None  # first: it covers the folder
    stage = Stage(Portal(folder, mail_port=free_port(), workers=workers), None, disk)
    portal = stage.portal
    stage.clock = available(Clock, folder) if with_a_clock else None
    stage.cache = available(CacheServer)
    stage.post = Post(int(portal.environment["EMAIL_URL"].rpartition(":")[2]))
    if stage.cache:
        portal.environment["CACHE_URL"] = f"redis://127.0.0.1:{stage.cache.port}/0"
    if stage.clock:
        portal.environment |= stage.clock.environment
    portal.start()
    try:
        curator = Curator(portal.address, portal.password())
        writer, visitor = Writer(stage.conninfo), Visitor(portal.address)
        portal.seconds_until_well(time.monotonic())
        _set_up(stage, contributions)
        for load in (curator, writer, visitor):
            load.start()
        with suppress(KeyboardInterrupt):  # no more rounds; what was done is judged
            for number, fault in enumerate(choose(possible(stage)), 1):
                _wait_for_a_save(curator)
                time.sleep(random.uniform(0, breath))  # so that the fault meets any moment of the work
                seconds = _round(stage, fault)
                outcome.seconds.append((fault, seconds))
                tell(f"{number:4} {fault:28} {'never' if seconds is None else f'{seconds:6.2f} s'}")
                if portal.up.poll() is not None:  # it ended without being told to
                    outcome.gave_up += 1
                    portal.start()
        for load in (curator, writer, visitor):
            load.is_ending.set()
            load.join(60)
        judging.judge(outcome, stage, curator, writer, visitor, is_hurried=is_hurried)
        outcome.exit_status = portal.stop()
        outcome.processes_left = judging.left(portal)
    finally:
        for process in portal.processes():
            process.kill()
        stage.post.stop()
        if stage.cache:
            stage.cache.kill()
    return outcome


def _round(stage: Stage, fault: str) -> float | None:
    """Hurt and mend; the seconds until the portal answered, None where it never did."""
    kind, begun = KINDS[fault], time.monotonic()
    try:
        is_hurt(stage, fault)
        seconds = stage.portal.seconds_until_well(begun) if kind.pages_go_on else None
        if kind.mend:
            time.sleep(max(0.0, begun + kind.lasts - time.monotonic()))
    finally:  # also where somebody wants no more rounds
        if kind.mend:
            kind.mend(stage)
    if not kind.pages_go_on:
        seconds = stage.portal.seconds_until_well(time.monotonic() if kind.mend else begun)
    if kind.look and seconds is not None:
        kind.look(stage)
    return seconds


def _set_up(stage: Stage, contributions: int) -> None:
    """The feed begins, and contributions wait for their moment."""
    ask_for_changes(stage)
    if contributions:
        words = [sys.executable, "manage.py", "shell", "-c", _PLAN.format(count=contributions)]
        subprocess.run(words, cwd=ROOT, env=stage.portal.environment, check=True, stdout=subprocess.DEVNULL)
        stage.contributions = [key for (key,) in stage.ask("SELECT id FROM newsroom_contribution")]


def _wait_for_a_save(curator: Curator) -> None:
    """Until somebody has worked with the portal again, but not for ever."""
    saved, deadline = len(curator.acknowledged), time.monotonic() + 30
    while len(curator.acknowledged) == saved and time.monotonic() < deadline:
        time.sleep(0.05)
