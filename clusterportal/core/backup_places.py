"""Where the files of a backup come from and go to: a folder of this machine, or the storage of `FILES_URL`."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Protocol

from django.conf import settings
from django.core.files import File
from django.core.files.storage import storages

from clusterportal.core.private_files import FOLDER_OF_OWNER
from clusterportal.core.stored_files import stored

STAGE = ".restoring-"  # begins the name of the folder in which files wait; on the same disk as their place


class Place(Protocol):
    """One folder of the backup. Names are relative to it, with slashes."""

    def names(self) -> Iterator[str]: ...
    def open(self, name: str) -> IO[bytes]: ...
    def delete(self, name: str) -> None: ...
    def put(self, name: str, file: Path) -> None:
        """Move `file` in, over what may be there."""

    def make_stage(self) -> Path:
        """A new folder on this machine for files that wait."""


def place_of(folder: str) -> Place:
    """Where the files of this folder of a backup belong. Raises KeyError for one that has no place here."""
    where = settings.BACKED_UP[folder]
    return _Stored(where) if isinstance(where, str) else _Folder(where, is_public=folder == "media")


class _Folder:
    def __init__(self, path: Path, *, is_public: bool):
        self.path, self.mode = Path(path), 0o755 if is_public else FOLDER_OF_OWNER

    def names(self) -> Iterator[str]:
        for file in sorted(self.path.rglob("*")):
            name = file.relative_to(self.path)
            if file.is_file() and not name.parts[0].startswith(STAGE):
                yield name.as_posix()

    def open(self, name: str) -> IO[bytes]:
        return open(self.path / name, "rb")

    def delete(self, name: str) -> None:
        (self.path / name).unlink()

    def put(self, name: str, file: Path) -> None:
        target = self.path / name
        target.parent.mkdir(mode=self.mode, parents=True, exist_ok=True)
        file.replace(target)

    def make_stage(self) -> Path:
        self.path.mkdir(mode=self.mode, parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix=STAGE, dir=self.path))


class _Stored:
    def __init__(self, alias: str):
        self.storage = storages[alias]

    def names(self) -> Iterator[str]:
        return iter(sorted(stored(self.storage)))

    def open(self, name: str) -> IO[bytes]:
        return self.storage.open(name)

    def delete(self, name: str) -> None:
        self.storage.delete(name)

    def put(self, name: str, file: Path) -> None:
        self.storage.delete(name)
        with open(file, "rb") as content:
            self.storage.save(name, File(content))

    def make_stage(self) -> Path:
        return Path(tempfile.mkdtemp(prefix=STAGE))
