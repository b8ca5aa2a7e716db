"""A short round: every fault once, with real processes. `python -m tests.faults` makes a hundred of them."""

import os
import tempfile
from pathlib import Path

import pytest

from tests.faults.portal import FAULTS
from tests.faults.rounds import run

pytestmark = pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason="hurts a server of its own")


@pytest.fixture
def folder():
    """Outside pytest's own, which any other run closes to the account that PostgreSQL runs as."""
    with tempfile.TemporaryDirectory(prefix="faults-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o711)
        yield Path(name)


def test_nothing_is_lost_and_everything_comes_back(folder):
    # The job worker first: that it is dead is noticed while the others have their turn.
    faults = sorted(FAULTS, key=lambda fault: fault != "job worker killed")
    outcome = run(folder, faults, workers=1)
    log = (folder / "up.log").read_text()
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
