"""The uploaded files of a backup: read for it, and put in place only when the database is what it should be."""

import hashlib
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from django.conf import settings

from clusterportal.core.private_files import FOLDER_OF_OWNER, ONLY_OWNER

_STAGE = ".restoring-"  # begins the name of the folder in which files wait; on the same disk as their place
_BLOCK = 1 << 16  # bytes


class BackupError(Exception):
    """The file cannot be restored here; the message says why and what to do."""


def files() -> Iterator[tuple[str, Path]]:
    """Every file that a backup takes along, under the name it has there."""
    for folder, place in settings.BACKED_UP.items():
        for file in sorted(Path(place).rglob("*")):
            name = file.relative_to(place)
            if file.is_file() and not name.parts[0].startswith(_STAGE):
                yield f"{folder}/{name.as_posix()}", file


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
        return [name for name, _path in files() if not self._waiting(name).is_file()]

    def put_in_place(self) -> None:
        """Make the folders what they were. Raises BackupError naming what has to be moved by hand."""
        try:
            for name, path in list(files()):
                if not self._waiting(name).is_file():
                    path.unlink()
            for folder, stage in self._folders.items():
                home = Path(settings.BACKED_UP[folder])
                for file in sorted(stage.rglob("*")):
                    if file.is_file():
                        place = home / file.relative_to(stage)
                        _make_folder(place.parent, folder)
                        file.replace(place)
        except OSError as error:
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
            home = Path(settings.BACKED_UP[folder])
            _make_folder(home, folder)
            self._folders[folder] = Path(tempfile.mkdtemp(prefix=_STAGE, dir=home))
        return self._folders[folder]


def _make_folder(path: Path, folder: str) -> None:
    path.mkdir(mode=0o755 if _is_public(folder) else FOLDER_OF_OWNER, parents=True, exist_ok=True)


def _mode_of(folder: str) -> int:
    return 0o644 if _is_public(folder) else ONLY_OWNER


def _is_public(folder: str) -> bool:
    """Pictures are for everybody; uploaded tables and profiles are not."""
    return folder == "media"
