"""Files of contributions: what is kept is told by its content, whatever it is called."""

from datetime import timedelta
from uuid import uuid4

from django.core.files.uploadedfile import UploadedFile

from clusterportal.core.kept_files import checked
from clusterportal.history import unused_files
from clusterportal.history.unused_files import KEPT_FOR
from clusterportal.newsroom.models import File
from clusterportal.newsroom.models.parts import file_storage


def take_in(kept: File, upload: UploadedFile) -> None:
    """Let the unsaved `kept` hold `upload`, under a name that nobody can guess. Raises BadFile."""
    kept.name, kept.media_type, ending = checked(upload)
    kept.size = upload.size or 0
    upload.name = f"{uuid4().hex}{ending}"
    kept.file = upload  # type: ignore[assignment]  # a descriptor takes it in


def forget_unused_files(kept_for: timedelta = KEPT_FOR) -> int:
    """Delete the files whose record is gone for longer than `kept_for`; returns how many."""
    return unused_files.forget_unused_files(File, file_storage(), kept_for)
