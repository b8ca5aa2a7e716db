"""A short round: every fault once, with real processes. `python -m tests.faults` makes a hundred of them."""

import os

import pytest

from tests.faults.portal import FAULTS
from tests.faults.rounds import run

pytestmark = pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason="hurts a server of its own")


def test_nothing_is_lost_and_everything_comes_back(data_dir):
    # The job worker first: that it is dead is noticed while the others have their turn.
    faults = sorted(FAULTS, key=lambda fault: fault != "job worker killed")
    outcome = run(data_dir, faults, workers=1)
    log = (data_dir / "up.log").read_text()
    assert [fault for fault, seconds in outcome.seconds if seconds is None] == [], log
    assert (outcome.lost, outcome.orphans, outcome.mails_twice, outcome.exit_status) == (0, 0, 0, 0), log
    assert outcome.acknowledged > 0
    assert outcome.mails > 0
    for said in (
        "The job worker was ended by SIGKILL",
        "The database is gone",
        "The web server was ended by SIGKILL",
    ):
        assert said in log
