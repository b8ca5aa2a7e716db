"""Files that only the account of the portal may read: backups, reports, whatever names people."""

import os
from pathlib import Path
from typing import IO

ONLY_OWNER, FOLDER_OF_OWNER = 0o600, 0o700


def open_private(path: Path, mode: str = "w", **options) -> IO:
    """Like `open`, for a file that nobody else may read; its folder is made for the owner alone. Raises OSError.

    A file that is there already keeps no other rights.
    """
    path.parent.mkdir(mode=FOLDER_OF_OWNER, parents=True, exist_ok=True)
    file = open(path, mode, opener=lambda name, flags: os.open(name, flags, ONLY_OWNER), **options)  # noqa: SIM115
    os.chmod(path, ONLY_OWNER)
    return file
