"""What ends is started again: the pauses with a clock of our own, the programs for real."""

import os
import signal
import sys
import time

import psutil
import pytest

from clusterportal.core.supervision import (
    PAUSES,
    RAN_WELL,
    CannotStart,
    Program,
    Supervisor,
    end_remains,
    stop,
)


class Service:
    """Ends and fails when it is told to."""

    name = "service"

    def __init__(self):
        self.starts, self.reason, self.trouble = 0, None, None

    def start(self):
        if self.trouble:
            raise self.trouble
        self.starts += 1
        self.reason = None

    def why_ended(self):
        return self.reason


class Clock:
    now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def watched():
    service, clock = Service(), Clock()
    return service, clock, Supervisor([service], clock=clock)


def pause_of(service, clock, supervisor) -> float:
    """How long the supervisor waits until it starts the service again."""
    before, begun = service.starts, clock.now
    supervisor.look()
    while service.starts == before:
        clock.now += 0.25
        supervisor.look()
    return clock.now - begun


def test_pauses_grow_while_it_keeps_ending_and_have_a_limit(watched):
    service, clock, supervisor = watched
    supervisor.look()
    assert service.starts == 0
    pauses = []
    for _end in range(len(PAUSES) + 2):
        service.reason = "ended with status 1"
        pauses.append(pause_of(service, clock, supervisor))
    assert pauses == [*PAUSES, PAUSES[-1], PAUSES[-1]]


def test_who_ran_well_begins_anew(watched):
    service, clock, supervisor = watched
    for _end in range(4):
        service.reason = "ended"
        pause_of(service, clock, supervisor)
    clock.now += RAN_WELL
    service.reason = "ended"
    assert pause_of(service, clock, supervisor) == 0


@pytest.mark.parametrize("trouble", [CannotStart("no room"), OSError("no memory")])
def test_what_cannot_be_started_is_tried_again_and_said(watched, caplog, trouble):
    service, clock, supervisor = watched
    service.reason, service.trouble = "is gone", trouble
    supervisor.look()
    assert [record.getMessage() for record in caplog.records] == [
        "The service is gone; it is started again now.",
        f"The service could not be started: {trouble}; it is started again in 0.5 s.",
    ]
    service.trouble = None
    pause_of(service, clock, supervisor)
    assert service.starts == 1


def test_nothing_is_started_once_it_ends(watched):
    service, _clock, supervisor = watched
    supervisor.end()
    service.reason = "was ended by SIGTERM"
    supervisor.look()
    supervisor.run()  # returns at once
    assert service.starts == 0


@pytest.fixture
def program(tmp_path):
    """`program(code)` starts Python code that says so on the disk; whatever is left of it ends with the test."""
    started = []

    def start(code: str, *arguments: str) -> Program:
        started.append(Program("program", [sys.executable, "-c", code, *arguments], note=tmp_path / "note"))
        started[-1].start()
        return started[-1]

    yield start
    for one in started:
        one.end(within=0)


def ended(program: Program) -> str:
    deadline = time.monotonic() + 20
    while (reason := program.why_ended()) is None and time.monotonic() < deadline:
        time.sleep(0.02)
    return reason


def test_how_a_program_ended_is_told(program, tmp_path):
    assert ended(program("raise SystemExit(3)")) == "ended with status 3"
    killed = program("import time; time.sleep(60)")
    assert killed.why_ended() is None
    os.kill(killed.process.pid, signal.SIGKILL)
    assert ended(killed) == "was ended by SIGKILL"
    assert Program("idle", ["true"], note=tmp_path / "idle").why_ended() == "has not been started"


def test_a_program_that_cannot_be_noted_runs_once_all_the_same(program, tmp_path, caplog):
    """As on a full disk: were it an error, the supervisor would start another one beside it."""
    (tmp_path / "note").mkdir()
    supervisor = Supervisor([program("import time; time.sleep(60)")])
    supervisor.look()
    assert ["is not noted" in record.getMessage() for record in caplog.records] == [True]


FAMILY = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
with open(sys.argv[1] + ".new", "w") as file: file.write(str(child.pid))
import os; os.rename(sys.argv[1] + ".new", sys.argv[1])
time.sleep(60)
"""


def test_what_a_killed_program_had_started_goes_with_it(program, tmp_path):
    note = tmp_path / "child"
    parent = program(FAMILY, str(note))
    deadline = time.monotonic() + 20
    while not note.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    child = psutil.Process(int(note.read_text()))
    os.kill(parent.process.pid, signal.SIGKILL)
    assert ended(parent) == "was ended by SIGKILL"
    assert psutil.wait_procs([child], timeout=10)[1] == []


def test_what_a_killed_supervisor_left_is_ended_by_the_next_one(program, tmp_path):
    """Also where the program itself has gone and only what it had started is left."""
    child_note = tmp_path / "child"
    parent = program(FAMILY, str(child_note))
    deadline = time.monotonic() + 20
    while not child_note.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    child = psutil.Process(int(child_note.read_text()))
    parent.process.kill()
    parent.process.wait()
    assert child.is_running()
    end_remains(tmp_path / "note", within=0)
    assert psutil.wait_procs([child], timeout=10)[1] == []
    end_remains(tmp_path / "note", within=0)  # nothing is left
    (tmp_path / "note").write_text(f"another-boot {os.getpid()}")
    end_remains(tmp_path / "note", within=0)  # the number is somebody else's now
    end_remains(tmp_path / "missing", within=0)


def test_a_program_that_does_not_listen_is_killed(program, monkeypatch, tmp_path):
    monkeypatch.setattr("clusterportal.core.supervision.PATIENCE", 0.2)
    note = tmp_path / "deaf"
    deaf = program(
        "import pathlib, signal, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        "pathlib.Path(sys.argv[1]).touch(); time.sleep(60)",
        str(note),
    )
    deadline = time.monotonic() + 20
    while not note.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    stop([deaf, Program("idle", ["true"], note=tmp_path / "idle")])
    assert deaf.process.returncode == -signal.SIGKILL
