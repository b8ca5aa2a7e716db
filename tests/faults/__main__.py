"""`python -m tests.faults [--rounds 100]`: a portal is hurt in every way while people work with it.

Web workers, web server, job worker, database, its sessions and `up` itself are killed and restarted; the mail server
goes, refuses and falls silent; the shared cache goes, hangs, is full and lies; the disk is full, all sessions are
taken, the clock is set. `README.md` beside this says what happens then. Told is what was lost, done twice or left
behind, and how long it took until the portal answered again. Exit status 1 when something was lost, written down
twice, left, answered with 500, or never came back. A small disk needs root, a cache redis-server, a clock that can be
set a C compiler; what cannot be had is left out and said.
"""

import argparse
import os
import random
import signal
import statistics
import sys
import tempfile
from pathlib import Path

from tests.faults.judging import Outcome
from tests.faults.kinds import KINDS
from tests.faults.rounds import run

GOAL = 10.0  # seconds until it answers again
RARE = 3  # rounds of a kind that takes long


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--workers", type=int, default=2, help="processes of the web server")
    parser.add_argument("--seed", type=int, default=None, help="the same faults again")
    parser.add_argument("--only", help=f"some of: {', '.join(KINDS)}")
    options = parser.parse_args()
    seed = random.randrange(10_000) if options.seed is None else options.seed
    random.seed(seed)
    for wish in (signal.SIGINT, signal.SIGTERM):
        # No more rounds, but the table; also in the background of a shell.
        signal.signal(wish, signal.default_int_handler)
    wished = [kind.strip() for kind in options.only.split(",")] if options.only else list(KINDS)
    if unknown := set(wished) - KINDS.keys():
        parser.error(f"unknown: {', '.join(unknown)}")
    print(f"{options.rounds} rounds, seed {seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="faults-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o711)
        outcome = run(
            Path(folder),
            lambda possible: rounds_of([kind for kind in possible if kind in wished], options.rounds),
            workers=options.workers,
            contributions=options.rounds if "clock set ahead" in wished else 0,
            on_a_small_disk="disk full" in wished,
            with_a_clock=any(KINDS[kind].needs == "clock" for kind in wished),
            tell=lambda line: print(line, flush=True),
        )
        if not outcome.is_good:
            print((Path(folder) / "up.log").read_text()[-5000:])
    print(table(outcome))
    print(
        f"machine      {os.cpu_count()} processors, load {os.getloadavg()[2]:.1f} in the last quarter of an hour"
    )
    return 0 if outcome.is_good else 1


def rounds_of(kinds: list[str], number: int) -> list[str]:
    """So many faults in any order, each kind as often as the others, but for those that take long."""
    rare = [kind for kind in kinds if KINDS[kind].is_rare]
    usual = [kind for kind in kinds if not KINDS[kind].is_rare] or rare
    faults = (rare * RARE)[: max(1, number // 10)] if usual != rare else []
    faults += [usual[one % len(usual)] for one in range(number - len(faults))]
    random.shuffle(faults)
    return faults


def table(outcome: Outcome) -> str:
    """The outcome, a row for each kind of fault."""
    lines = [
        "",
        f"{'fault':30}{'rounds':>7}{'median':>9}{'p95':>9}{'max':>9}   seconds until it answers again",
    ]
    for kind in [*KINDS, "all"]:
        seconds = [
            float("inf") if one is None else one for fault, one in outcome.seconds if kind in (fault, "all")
        ]
        if seconds:
            p95 = sorted(seconds)[max(0, round(0.95 * len(seconds)) - 1)]
            row = f"{statistics.median(seconds):9.2f}{p95:9.2f}{max(seconds):9.2f}"
            lines.append(f"{kind:30}{len(seconds):7}{row}")
    late = sum(one is None or one > GOAL for _fault, one in outcome.seconds)
    return "\n".join([
        *lines, "",
        f"saves        acknowledged {outcome.acknowledged}, present {outcome.present}, lost {outcome.lost}, "
        f"saved without an answer {outcome.unasked}, longest pause {outcome.longest_pause:.1f} s",
        f"mails        committed {outcome.mails}, lost {len(outcome.mails_lost)} {outcome.mails_lost[:3]}, "
        f"accepted twice {outcome.mails_twice}",
        f"published    {outcome.planned} contributions over whose moment the clock was set",
        f"visitors     answers by status {outcome.answers}, slowest page {outcome.slowest:.1f} s; "
        f"500 at {sorted(set(outcome.broken))}",
        f"orphans      {outcome.orphans}: records half made {outcome.half_made}, jobs {outcome.jobs_left}, "
        f"jobs failed {len(outcome.jobs_failed)} {outcome.jobs_failed}, processes {outcome.processes_left}",
        f"wrong        {len(outcome.wrong)}: {outcome.wrong[:5]}",
        f"later than {GOAL:g} s  {late}; up ended by itself {outcome.gave_up} times, its status when told to: "
        f"{outcome.exit_status}",
    ])  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
