"""Files are read by a process of their own, with limits of memory and time: a hostile one ends that process only."""

import logging
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from clusterportal.tables.formats import UnreadableTable
from clusterportal.tables.inspection import Preview, ReadOptions

logger = logging.getLogger(__name__)
MEMORY_BYTES = 1 << 30  # of address space
BRIEF_SECONDS = 9  # until somebody who waits for a page has an answer
WHOLE_FILE_SECONDS = 900  # of the processor, for all rows of a large table
# What a table consists of besides its own classes, by module and name.
_PLAIN = {("datetime", name) for name in ("date", "datetime", "time", "timedelta", "timezone")}
_PLAIN |= {("decimal", "Decimal"), ("builtins", "set"), ("builtins", "frozenset"), ("collections", "Counter")}
_PLAIN |= {("django.utils.functional", "_lazy_proxy_unpickle"), ("django.utils.translation", "gettext")}
_PLAIN |= {
    ("django.utils.translation", "ngettext"),
    ("builtins", "str"),
    ("builtins", "slice"),
    ("builtins", "range"),
}
MAX_SILENT_SECONDS = 60  # without a row
_BRIEF_PROCESSES = 2  # that read for pages at the same time
_free = threading.BoundedSemaphore(_BRIEF_PROCESSES)
_PASSED_ON = ("PATH", "PYTHONPATH", "PYTHONHOME", "LD_LIBRARY_PATH", "VIRTUAL_ENV", "LANG", "LC_ALL", "TZ")


def plain_environment() -> dict[str, str]:
    """What a process needs to know that must not know any secret."""
    return {name: os.environ[name] for name in _PASSED_ON if name in os.environ}


def preview(path: Path, *, name: str = "", given: ReadOptions | None = None) -> Preview:
    """The beginning of a file that people call `name`. Raises UnreadableTable."""
    return next(_briefly("preview", path.absolute(), name or path.name, given or ReadOptions()))


def keys(path: Path, options: ReadOptions) -> list[str]:
    """The keys of a file of objects. Raises UnreadableTable."""
    return next(_briefly("keys", path.absolute(), options))


def rows(path: Path, options: ReadOptions, *, is_brief: bool = False) -> Generator[tuple[int, Any]]:
    """(number, list of cells or entry) of each row that holds anything. Raises UnreadableTable.

    `is_brief`: for somebody who waits for a page; ends after BRIEF_SECONDS.
    """
    read = _briefly if is_brief else _wholly
    for batch in read("rows", path.absolute(), options):
        yield from batch


def _briefly(*task) -> Iterator[Any]:
    if not _free.acquire(timeout=BRIEF_SECONDS):
        raise UnreadableTable(_("Other tables are being read just now. Please try again in a minute."))
    try:
        yield from _results(task, cpu_seconds=BRIEF_SECONDS, until=time.monotonic() + BRIEF_SECONDS)
    finally:
        _free.release()


def _wholly(*task) -> Iterator[Any]:
    return _results(task, cpu_seconds=WHOLE_FILE_SECONDS, until=None)


def _results(task: tuple, *, cpu_seconds: float, until: float | None) -> Iterator[Any]:
    """What the process sends, one by one. `until`: when it is ended, by the monotonic clock."""
    with _process(cpu_seconds) as (process, into, out):
        try:
            pickle.dump((task[0], task[1:]), into)
            into.close()
        except BrokenPipeError:
            pass  # it has ended; the next message says how
        while True:
            wait = MAX_SILENT_SECONDS if until is None else max(0.0, until - time.monotonic())
            kind, content = _message(process, out, wait)
            if kind == "end":
                return
            if kind != "found":
                raise _refusal(kind, content)
            yield content


@contextmanager
def _process(cpu_seconds: float):
    """The process with its input and its output; ended when nobody reads from it any more."""
    environment = plain_environment()
    command = [sys.executable, "-m", "clusterportal.tables.sandbox_process"]
    process = subprocess.Popen(
        [*command, str(cpu_seconds), str(MEMORY_BYTES)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=settings.BASE_DIR,
        env=environment,
    )
    assert process.stdin and process.stdout  # both are pipes
    try:
        yield process, process.stdin, process.stdout
    finally:
        process.kill()
        process.stdin.close()
        process.stdout.close()
        process.wait()


class _Message(pickle.Unpickler):
    """Takes cells, tables and refusals: should a file ever take the process over, it cannot name anything else."""

    def find_class(self, module: str, name: str) -> Any:
        found = super().find_class(module, name) if "." not in name else None
        is_ours = module.startswith("clusterportal.tables.") and getattr(found, "__module__", "") == module
        if is_ours or (module, name) in _PLAIN:
            return found
        raise pickle.UnpicklingError(f"{module}.{name} is no part of a table")


def _message(process: subprocess.Popen, out, wait: float) -> tuple[str, Any]:
    timer = threading.Timer(wait, process.kill)
    timer.daemon = True
    timer.start()
    began = time.monotonic()
    try:
        return _Message(out).load()
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
        text = _("The file needs too much memory to read. Save the table as CSV, or divide it.")
        return UnreadableTable(text)
    logger.error("A table could not be read: %s", content)
    return UnreadableTable(_("The file cannot be read. Save the table again, as CSV or XLSX."))
