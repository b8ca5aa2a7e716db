"""`python -m tests.faults [--rounds 100]`: a portal is killed in every way while people work with it.

Kills web workers, the web server, the job worker, the database and its sessions, restarts and stops the database, and
kills `up` itself, which is then started again as systemd would. Says what was lost, what was left behind, and how
long it took until the portal answered again. Exit status 1 when something was lost or left, or never came back.
"""

import argparse
import os
import random
import signal
import statistics
import sys
import tempfile
from pathlib import Path

from tests.faults.portal import FAULTS
from tests.faults.rounds import Outcome, run

GOAL = 10.0  # seconds until it answers again


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--workers", type=int, default=2, help="processes of the web server")
    parser.add_argument("--seed", type=int, default=None, help="the same faults again")
    parser.add_argument("--only", help=f"some of: {', '.join(FAULTS)}")
    options = parser.parse_args()
    seed = random.randrange(10_000) if options.seed is None else options.seed
    random.seed(seed)
    for wish in (
        signal.SIGINT,
        signal.SIGTERM,
    ):  # no more rounds, but the table; also in the background of a shell
        signal.signal(wish, signal.default_int_handler)
    kinds = [kind.strip() for kind in options.only.split(",")] if options.only else list(FAULTS)
    faults = [kinds[number % len(kinds)] for number in range(options.rounds)]
    random.shuffle(faults)
    print(f"{options.rounds} rounds, seed {seed}", flush=True)
    with tempfile.TemporaryDirectory(prefix="faults-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o711)
        outcome = run(
            Path(folder), faults, workers=options.workers, tell=lambda line: print(line, flush=True)
        )
        if not outcome.is_good:
            print((Path(folder) / "up.log").read_text()[-5000:])
    print(table(outcome))
    print(
        f"machine      {os.cpu_count()} processors, load {os.getloadavg()[2]:.1f} in the last quarter of an hour"
    )
    return 0 if outcome.is_good else 1


def table(outcome: Outcome) -> str:
    """The outcome, a row for each kind of fault."""
    lines = [
        "",
        f"{'fault':22}{'rounds':>7}{'median':>9}{'p95':>9}{'max':>9}   seconds until it answers again",
    ]
    for kind in [*FAULTS, "all"]:
        seconds = [
            float("inf") if one is None else one for fault, one in outcome.seconds if kind in (fault, "all")
        ]
        if seconds:
            p95 = sorted(seconds)[max(0, round(0.95 * len(seconds)) - 1)]
            row = f"{statistics.median(seconds):9.2f}{p95:9.2f}{max(seconds):9.2f}"
            lines.append(f"{kind:22}{len(seconds):7}{row}")
    late = sum(one is None or one > GOAL for _fault, one in outcome.seconds)
    return "\n".join([
        *lines, "",
        f"saves        acknowledged {outcome.acknowledged}, present {outcome.present}, lost {outcome.lost}, "
        f"saved without an answer {outcome.unasked}, longest pause {outcome.longest_pause:.1f} s",
        f"mails        committed {outcome.mails}, lost {outcome.mails_lost}, accepted twice {outcome.mails_twice}",
        f"orphans      {outcome.orphans}: records half made {outcome.half_made}, jobs {outcome.jobs_left}, "
        f"processes {outcome.processes_left}",
        f"later than {GOAL:g} s  {late}; up ended by itself {outcome.gave_up} times, its status when told to: "
        f"{outcome.exit_status}",
    ])  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
