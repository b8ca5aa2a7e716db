"""Files are read by a process of their own, with limits of memory and time: a hostile one ends that process only."""

import logging
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from clusterportal.tables.formats import UnreadableTable
from clusterportal.tables.inspection import Look, ReadOptions

logger = logging.getLogger(__name__)
MEMORY = 1 << 30  # bytes of address space
BRIEF = 9  # seconds until somebody who waits for a page has an answer
LONG = 900  # seconds of the processor, for all rows of a large table
SILENCE = 60  # seconds without a row
_PROCESSES = 2  # that read for pages at the same time
_free = threading.BoundedSemaphore(_PROCESSES)
_KEPT = ("PATH", "PYTHONPATH", "PYTHONHOME", "LD_LIBRARY_PATH", "VIRTUAL_ENV", "LANG", "LC_ALL", "TZ")


def look(path: Path, *, name: str = "", given: ReadOptions | None = None) -> Look:
    """A first look at a file that its people call `name`. Raises UnreadableTable."""
    return next(_brief("look", path.absolute(), name or path.name, given or ReadOptions()))


def keys(path: Path, reading: ReadOptions) -> list[str]:
    """The keys of a file of objects. Raises UnreadableTable."""
    return next(_brief("keys", path.absolute(), reading))


def rows(path: Path, reading: ReadOptions, *, is_brief: bool = False) -> Iterator[tuple[int, list | dict]]:
    """(number, cells or entry) of each row that holds anything. Raises UnreadableTable.

    `is_brief`: for somebody who waits for a page; ends after BRIEF seconds.
    """
    read = _brief if is_brief else _whole
    for batch in read("rows", path.absolute(), reading):
        yield from batch


def _brief(*task) -> Iterator:
    if not _free.acquire(timeout=BRIEF):
        raise UnreadableTable(_("Other tables are being read just now. Please try again in a minute."))
    try:
        yield from _found(task, seconds=BRIEF, until=time.monotonic() + BRIEF)
    finally:
        _free.release()


def _whole(*task) -> Iterator:
    return _found(task, seconds=LONG, until=None)


def _found(task: tuple, *, seconds: int, until: float | None) -> Iterator:
    """What the process finds, one after the other. `until`: the moment of the clock at which it is ended."""
    with _process(seconds) as process:
        try:
            pickle.dump((task[0], task[1:]), process.stdin)
            process.stdin.close()
        except BrokenPipeError:
            pass  # it has ended; the next message says how
        while True:
            wait = SILENCE if until is None else max(0.0, until - time.monotonic())
            kind, content = _message(process, wait)
            if kind == "end":
                return
            if kind != "found":
                raise _refusal(kind, content)
            yield content


@contextmanager
def _process(seconds: int):
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}  # no secrets
    process = subprocess.Popen(
        [sys.executable, "-m", "clusterportal.tables.sandbox_process", str(seconds), str(MEMORY)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=settings.BASE_DIR, env=environment,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.stdin.close()
        process.stdout.close()
        process.wait()


def _message(process: subprocess.Popen, wait: float) -> tuple[str, object]:
    timer = threading.Timer(wait, process.kill)
    timer.daemon = True
    timer.start()
    began = time.monotonic()
    try:
        return pickle.load(process.stdout)
    except (EOFError, pickle.UnpicklingError):
        ended = process.wait()
        if ended == -signal.SIGXCPU or time.monotonic() - began >= wait:
            return "time", None
        return ("memory", None) if ended < 0 else ("failed", f"ended with {ended}")
    finally:
        timer.cancel()


def _refusal(kind: str, content) -> UnreadableTable:
    if kind == "unreadable":
        return UnreadableTable(*content)
    if kind == "time":
        return UnreadableTable(_("The file takes too long to read. Save the table as CSV, or divide it."))
    if kind == "memory":
        return UnreadableTable(
            _("The file needs too much memory to read. Save the table as CSV, or divide it.")
        )
    logger.error("A table could not be read: %s", content)
    return UnreadableTable(_("The file cannot be read. Save the table again, as CSV or XLSX."))
