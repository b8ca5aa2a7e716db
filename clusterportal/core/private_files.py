"""Files that only the portal's account may read: backups, reports and other files with personal data."""

import os
from contextlib import suppress
from pathlib import Path
from typing import IO

ONLY_OWNER, FOLDER_OF_OWNER = 0o600, 0o700
DATA_DIR_MODE = (
    0o711  # as root the database runs as another account: it passes through, and cannot list what is there
)


def open_private(path: Path, mode: str = "w", **options) -> IO:
    """Like `open`, for a file that nobody else may read; its folder is made for the owner alone. Raises OSError.

    A file that is there already keeps no other rights.
    """
    path.parent.mkdir(mode=FOLDER_OF_OWNER, parents=True, exist_ok=True)
    file = open(path, mode, opener=private, **options)  # noqa: SIM115 - the caller closes it
    os.chmod(path, ONLY_OWNER)
    return file


def private(path: str, flags: int) -> int:
    """For `open(..., opener=private)`: a new file is its owner's alone."""
    return os.open(path, flags, ONLY_OWNER)


def make_data_dir(path: Path) -> None:
    """Make the data directory unless it exists; an existing one keeps its permissions."""
    if not path.exists():
        path.mkdir(parents=True, exist_ok=True)
        path.chmod(DATA_DIR_MODE)  # regardless of the umask


def close_to_others(folder: Path) -> None:
    """Close a folder of an earlier version, which was open to all; one that is not there needs none."""
    with suppress(FileNotFoundError):
        folder.chmod(FOLDER_OF_OWNER)
