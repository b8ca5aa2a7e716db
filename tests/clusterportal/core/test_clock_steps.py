"""A worker whose clock is set back begins anew; one whose clock goes on is left in peace."""

import sys

import pytest

from clusterportal.core.clock_steps import SET_BACK, FollowsTheClock


@pytest.fixture
def worker(tmp_path):
    """A program that waits, with clocks of its own: `worker.clocks` are that of the day and the steady one."""
    found = FollowsTheClock(
        "job worker", [sys.executable, "-S", "-c", "import time; time.sleep(60)"], note=tmp_path / "note"
    )
    found.clocks = [1_000_000.0, 50.0]
    found.day, found.steady = lambda: found.clocks[0], lambda: found.clocks[1]
    found.asked = 0
    usual = found.ask_to_end

    def ask_to_end():
        found.asked += 1
        usual()

    found.ask_to_end = ask_to_end
    found.start()
    yield found
    found.end(within=0)


def later(worker, seconds: float, *, step: float = 0.0) -> int:
    """Some seconds pass, and the clock of the day is set; how often the worker was asked to end by now."""
    worker.clocks[0] += seconds + step
    worker.clocks[1] += seconds
    worker.why_ended()
    return worker.asked


def test_a_clock_that_is_set_back_ends_it_once(worker, caplog):
    assert later(worker, 60) == 0
    assert later(worker, 1, step=-SET_BACK - 1) == 1
    assert [record.getMessage() for record in caplog.records] == [
        "The clock was set back by 31 s: the job worker begins anew."
    ]
    assert later(worker, 60) == 1
    assert worker.process.wait(20) == -15


def test_small_corrections_and_steps_ahead_are_nothing(worker):
    assert later(worker, 1, step=-SET_BACK + 1) == 0
    assert later(worker, 1, step=3600) == 0
    # Ahead and back again: it has queued the jobs of an hour that comes once more.
    assert later(worker, 1, step=-3600) == 1
