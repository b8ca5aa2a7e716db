"""Stored files, wherever they are kept: in a folder of this machine or in an object storage (`FILES_URL`)."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath

from django.conf import settings
from django.core.files.storage import Storage

from clusterportal.core.private_files import FOLDER_OF_OWNER, open_private

COPIES = "copies"  # folder under PORTAL_DATA_DIR; `up` empties it of what killed processes left
KEPT_FOR = 3600  # seconds that a copy is of use at most


class FilesUnreachable(Exception):
    """The storage of the files does not answer, or refuses: not the same as a file that is not there."""


def is_local(storage: Storage) -> bool:
    """Whether the files lie in a folder of this machine, so that each has a path."""
    try:
        storage.path("any")
    except NotImplementedError:
        return False
    return True


def stored(storage: Storage, folder: str = "") -> Iterator[str]:
    """The names of all files in `storage` below `folder`, which is empty or ends with a slash."""
    with suppress(FileNotFoundError):
        folders, files = storage.listdir(folder)
        yield from (f"{folder}{name}" for name in files)
        for name in folders:
            if not name.startswith("."):  # a restore at work
                yield from stored(storage, f"{folder}{name}/")


def fetched(storage: Storage, name: str) -> Path:
    """A copy on this machine, alone in a folder that the caller removes. Raises FileNotFoundError, FilesUnreachable."""
    home = settings.PORTAL_DATA_DIR / COPIES
    home.mkdir(mode=FOLDER_OF_OWNER, parents=True, exist_ok=True)
    _forget_old(home)
    folder = Path(tempfile.mkdtemp(dir=home))
    try:
        path = folder / PurePosixPath(name).name
        with storage.open(name) as content, open_private(path, "wb") as copy:
            shutil.copyfileobj(content, copy)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return path


def _forget_old(home: Path) -> None:
    """Copies of records that nobody holds any more, but that Python has not put away yet."""
    for folder in home.iterdir():
        with suppress(FileNotFoundError):
            if time.time() - folder.stat().st_mtime > KEPT_FOR:
                shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def at_hand(storage: Storage, name: str) -> Iterator[Path]:
    """Where a file can be read by path: where it lies, or a copy that is gone with the end of the block."""
    if is_local(storage):
        yield Path(storage.path(name))
        return
    path = fetched(storage, name)
    try:
        yield path
    finally:
        shutil.rmtree(path.parent, ignore_errors=True)
