"""Files that no other account of the machine may read: keys, and tables with people in them."""

import os
from contextlib import suppress
from pathlib import Path


def private(path: str, flags: int) -> int:
    """For `open(..., opener=private)`: a new file is its owner's alone."""
    return os.open(path, flags, 0o600)


def close_to_others(folder: Path) -> None:
    """Close a folder of an earlier version, which was open to all; one that is not there needs none."""
    with suppress(FileNotFoundError):
        folder.chmod(0o700)
