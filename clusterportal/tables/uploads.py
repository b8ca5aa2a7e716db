"""A table that somebody uploads, for as long as it is read."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile


@contextmanager
def uploaded_file(file: UploadedFile) -> Iterator[Path]:
    """What was uploaded, as a file of its own: it goes when the block ends."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table"
        with path.open("wb") as target:
            target.writelines(file.chunks())
        yield path
