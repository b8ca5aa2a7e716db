"""When the last backup was made: for `doctor`, for measurements and for the administrators' page."""

from contextlib import suppress
from datetime import datetime

from django.db import ProgrammingError, transaction
from django.utils import timezone

from clusterportal.core.models import BackupNote


def note() -> None:
    """A backup has just been written. Before an upgrade the new code makes one, and its table is not there yet."""
    with suppress(ProgrammingError), transaction.atomic():
        BackupNote.objects.update_or_create(pk=1, defaults={"made_at": timezone.now()})


def last_made_at() -> datetime | None:
    return BackupNote.objects.values_list("made_at", flat=True).first()
