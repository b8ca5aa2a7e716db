"""A short run with real processes: the faults that only they can show. `python -m tests.faults` makes a hundred."""

import os
from pathlib import Path

import pytest

from tests.faults.kinds import KINDS
from tests.faults.rounds import run

pytestmark = pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason="hurts a server of its own")
# Of each thing that a portal stands on, the fault that is hardest to come back from.
HARDEST = ("worker killed amid a mail", "cache hung", "sequencer killed", "database killed")


def test_nothing_is_lost_and_everything_comes_back(data_dir):
    def choose(possible):
        return [kind for kind in HARDEST if kind in possible]

    outcome = run(data_dir, choose, workers=1, is_hurried=True, breath=0.2)
    log = (data_dir / "up.log").read_text()
    assert [fault for fault, seconds in outcome.seconds if seconds is None] == [], log
    assert (outcome.lost, outcome.orphans, outcome.mails_twice, outcome.exit_status) == (0, 0, 0, 0), log
    assert (outcome.wrong, outcome.broken) == ([], []), log
    assert outcome.acknowledged > 0
    assert outcome.mails > 0
    assert outcome.answers[200] > 0
    for said in (
        "The job worker was ended by SIGKILL",
        "The database is gone",
        "The web server was ended by SIGKILL",
    ):
        assert said in log


def test_each_kind_is_written_down():
    """What happens and what an operator does then: the table beside this has a row for every kind."""
    rows = Path(__file__).with_name("README.md").read_text()
    assert [name for name in KINDS if name not in rows] == []
