"""One portal per data directory: which process holds it, and whether the last one ended properly."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from clusterportal.core.private_files import make_data_dir, private


class IsHeld(Exception):
    """Another process holds the directory; `note` is what it left there about itself."""

    def __init__(self, note: str):
        super().__init__(note)
        self.note = note


@contextmanager
def held(data_dir: Path, note: str) -> Iterator[bool]:
    """Hold `data_dir` for this process; yields whether the last holder was killed. Raises IsHeld.

    A file lock, which the operating system takes back from whoever dies; the note in it is taken away in order.
    """
    make_data_dir(data_dir)
    with open(data_dir / "up.lock", "a+", opener=private) as lock:
        lock.seek(0)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise IsHeld(lock.read().strip()) from None
        was_killed = bool(lock.read())
        _write(lock, note)
        try:
            yield was_killed
        finally:
            _write(lock, "")


def _write(lock, text: str) -> None:
    lock.seek(0)
    lock.truncate()
    lock.write(text)
    lock.flush()
