"""The uploaded files of a backup: read for it, and put in place only when the database is what it should be."""

import hashlib
import shutil
import tarfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import IO

from django.conf import settings

from clusterportal.core.backup_places import place_of
from clusterportal.core.private_files import ONLY_OWNER
from clusterportal.core.stored_files import FilesUnreachable

_BLOCK = 1 << 16  # bytes


class BackupError(Exception):
    """The file cannot be restored here; the message says why and what to do."""


def files() -> Iterator[tuple[str, Callable[[], IO[bytes]]]]:
    """Every file that a backup takes along: the name it has there, and what opens it."""
    for folder in settings.BACKED_UP:
        place = place_of(folder)
        for name in place.names():
            yield f"{folder}/{name}", partial(place.open, name)


def copied(source: IO[bytes], target: IO[bytes]) -> str:
    """Copy everything; returns its SHA-256."""
    digest = hashlib.sha256()
    while block := source.read(_BLOCK):
        digest.update(block)
        target.write(block)
    return digest.hexdigest()


def content_of(archive: tarfile.TarFile, member: str | tarfile.TarInfo) -> IO[bytes]:
    """A file of the archive. Raises KeyError where there is none of that name, BackupError where it is no file."""
    content = archive.extractfile(member)
    if content is None:
        name = member if isinstance(member, str) else member.name
        raise BackupError(f"The backup is damaged: {name} is no file.")
    return content


class Stage:
    """The files of an archive beside the places where they belong.

    Until `put_in_place` nothing that was there is touched; what is not put in place is gone with the end of the block.
    """

    def __init__(self):
        self._folders: dict[str, Path] = {}

    def __enter__(self):
        return self

    def __exit__(self, *error):
        for folder in self._folders.values():
            shutil.rmtree(folder, ignore_errors=True)

    def take(self, archive: tarfile.TarFile, digests: dict[str, str] | None) -> int:
        """Unpack and check the files; returns how many. `digests` by name, None in backups that have none.

        Raises BackupError when a file has no place here, is damaged or missing, or cannot be written.
        """
        found = {}
        for member in archive.getmembers():
            if member.isfile() and member.name.startswith("files/"):
                name = member.name.removeprefix("files/")
                found[name] = self._unpack(archive, member, name)
        if digests is not None and (wrong := sorted(dict(digests.items() ^ found.items()))):
            raise BackupError(f"The backup is damaged: file {wrong[0]} is not what was written.")
        return len(found)

    def would_remove(self) -> list[str]:
        """Files that are there now and not in the archive."""
        return [name for name, _open in files() if not self._waiting(name).is_file()]

    def put_in_place(self) -> None:
        """Make the folders what they were. Raises BackupError naming what has to be moved by hand."""
        try:
            for name in self.would_remove():
                folder, _slash, rest = name.partition("/")
                place_of(folder).delete(rest)
            for folder, stage in self._folders.items():
                place = place_of(folder)
                for file in sorted(stage.rglob("*")):
                    if file.is_file():
                        place.put(file.relative_to(stage).as_posix(), file)
        except (OSError, FilesUnreachable) as error:
            left = ", ".join(str(folder) for folder in self._folders.values())
            self._folders.clear()  # what waits there is the only copy outside of the archive
            raise BackupError(
                f"The database is restored, but not all files could be put in place: {error}. "
                f"Move the rest by hand from {left}."
            ) from error

    def _waiting(self, name: str) -> Path:
        folder, _slash, rest = name.partition("/")
        return self._folders[folder] / rest if folder in self._folders else Path("/nowhere")

    def _unpack(self, archive: tarfile.TarFile, member: tarfile.TarInfo, name: str) -> str:
        folder, *parts = Path(name).parts
        if folder not in settings.BACKED_UP or ".." in parts or not parts:
            raise BackupError(f"The backup holds a file that has no place here: {member.name}")
        content = content_of(archive, member)
        try:
            place = self._stage_of(folder).joinpath(*parts)
            place.parent.mkdir(parents=True, exist_ok=True)
            file = open(place, "wb")  # noqa: SIM115 - what cannot be read is another mistake than what cannot be written
        except OSError as error:
            raise BackupError(f"The files of the backup cannot be written: {error}") from error
        with file:
            digest = copied(content, file)
        place.chmod(_mode_of(folder))
        return digest

    def _stage_of(self, folder: str) -> Path:
        if folder not in self._folders:
            self._folders[folder] = place_of(folder).make_stage()
        return self._folders[folder]


def _mode_of(folder: str) -> int:
    """Pictures are for everybody; uploaded tables and profiles are not."""
    return 0o644 if folder == "media" else ONLY_OWNER
