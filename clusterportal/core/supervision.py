"""Keeping a portal's processes running: a service that ends is started again, and the log says why it ended.

The first restart is immediate; when the service ends again soon, the pauses grow. After it has run well for a while,
the next restart is immediate again. The supervisor never gives up: only the operator decides that.
"""

import ctypes
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

# Seconds before the first, second ... start again; the last one stays.
PAUSES = (0.0, 0.5, 1.0, 2.0, 4.0, 8.0, 15.0)
RAN_WELL = 10.0  # seconds after which an end is the first one again
ROUND = 0.2  # seconds between two looks
PATIENCE = 15.0  # seconds that programs may take to end before they are killed
PR_SET_PDEATHSIG = 1  # linux/prctl.h
logger = logging.getLogger("clusterportal.supervision")


class CannotStart(Exception):
    """A service could not be started; the message says why."""


class Service(Protocol):
    """What can be kept running."""

    name: str

    def start(self) -> None:
        """Start it. Raises CannotStart, OSError."""

    def why_ended(self) -> str | None:
        """How it ended, as the end of a sentence that begins with its name; None while it runs."""


class Program:
    """A program as a child process in its own process group.

    It ends with this process, even when this process is killed.
    """

    def __init__(
        self, name: str, command: list[str], environment: dict[str, str] | None = None, *, note: Path
    ):
        """`note`: the file that tells the next supervisor, should this one be killed, what it had started."""
        self.name, self.command, self.environment, self.note = name, command, environment, note
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        self.process = subprocess.Popen(
            self.command, env=self.environment, start_new_session=True, preexec_fn=end_with_parent
        )
        try:
            self.note.write_text(f"{_boot()} {self.process.pid}")
        except OSError as error:  # a full disk; the program runs, and a second one beside it would be worse
            logger.warning("What was started is not noted in %s: %s", self.note, error)

    def why_ended(self) -> str | None:
        if self.process is None:
            return "has not been started"
        if (status := self.process.poll()) is None:
            return None
        self._kill_group()  # what the program had started would go on holding its port
        if status < 0:
            return f"was ended by {signal.Signals(-status).name}"
        return f"ended with status {status}"

    def ask_to_end(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def end(self, *, within: float) -> None:
        """Wait `within` seconds for the end, then kill the rest of the process group."""
        if self.process:
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(within)
            self._kill_group()
            self.process.wait()

    def _kill_group(self) -> None:
        if self.process:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)


@dataclass
class _Watched:
    service: Service
    started_at: float = 0.0
    ends: int = 0  # in a row, each soon after its start
    due_at: float | None = None  # when it is started again


class Supervisor:
    """Keeps services running, in the order in which they need each other."""

    def __init__(self, services: Iterable[Service], *, clock=time.monotonic):
        self._clock = clock
        self._watched = [_Watched(service) for service in services]
        self.is_ending = False

    def run(self) -> None:
        """Watch the services, which were started before, until somebody calls `end`."""
        for watched in self._watched:
            watched.started_at = self._clock()
        while not self.is_ending:
            self.look()
            time.sleep(ROUND)

    def end(self, *_signal) -> None:
        """Make `run` return; a signal handler. It only sets a flag, because it may interrupt anything."""
        self.is_ending = True

    def look(self) -> None:
        """One round: notice services that have ended, and start those that are due."""
        for watched in self._watched:
            if watched.due_at is None and (reason := watched.service.why_ended()):
                self._plan(watched, reason)
            if watched.due_at is not None and self._clock() >= watched.due_at and not self.is_ending:
                self._start(watched)

    def _plan(self, watched: _Watched, reason: str) -> None:
        """Log why the service ended and plan its restart."""
        now = self._clock()
        if now - watched.started_at >= RAN_WELL:
            watched.ends = 0
        pause = PAUSES[min(watched.ends, len(PAUSES) - 1)]
        watched.ends += 1
        watched.due_at = now + pause
        when = f"in {pause:g} s" if pause else "now"
        logger.error("The %s %s; it is started again %s.", watched.service.name, reason, when)

    def _start(self, watched: _Watched) -> None:
        try:
            watched.service.start()
        except (CannotStart, OSError) as error:
            watched.started_at = self._clock()
            self._plan(watched, f"could not be started: {error}")
        else:
            watched.started_at, watched.due_at = self._clock(), None


def stop(programs: Iterable[Program]) -> None:
    """Ask all programs to end, and kill those that do not within PATIENCE."""
    programs = list(programs)
    for program in programs:
        program.ask_to_end()
    deadline = time.monotonic() + PATIENCE
    for program in programs:
        program.end(within=max(0.0, deadline - time.monotonic()))


def end_remains(note: Path, *, within: float) -> None:
    """End the processes that a killed supervisor had started, as its `note` says. Linux only.

    They were asked to end with their parent, but workers of a web server whose main process died first keep its port.
    """
    try:
        boot, session = note.read_text().split()
    except (OSError, ValueError):
        return
    deadline = time.monotonic() + within
    while boot == _boot() and (left := _of_session(int(session))):
        if time.monotonic() > deadline:
            for process in left:
                with suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
            return
        time.sleep(0.1)


def _of_session(session: int) -> list[int]:
    """The processes of this Python in a session (proc_pid_stat(5): state, parent, group, session follow the name)."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError, ValueError):  # gone meanwhile
            fields = stat.read_text().rpartition(") ")[2].split()
            is_ours = os.fsencode(sys.executable) in (stat.parent / "cmdline").read_bytes()
            if int(fields[3]) == session and is_ours:
                found.append(int(stat.parent.name))
    return found


def _boot() -> str:
    """The identifier of this boot: a process id is valid only until the machine restarts."""
    with suppress(OSError):
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    return "-"


def end_with_parent() -> None:
    """Linux: ask for SIGTERM when the parent dies, so that no orphan keeps the port (prctl(2))."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
