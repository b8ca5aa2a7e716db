"""Files whose record is gone: they stay for a while, because with its history the record can be brought back."""

from collections.abc import Collection
from contextlib import suppress
from datetime import datetime, timedelta
from typing import cast

from django.core.files.storage import Storage
from django.db import models
from django.utils import timezone

from clusterportal.core.stored_files import stored
from clusterportal.history.changes import DELETE, versions_of

KEPT_FOR = timedelta(days=30)


def forget_unused_files(model: type[models.Model], kept_for: timedelta = KEPT_FOR) -> int:
    """Delete the files whose record, which names them in `model.file`, is gone for longer; returns how many."""
    file_field = cast(models.FileField, model._meta.get_field("file"))
    lately = timezone.now() - kept_for
    in_use = set(model._default_manager.values_list("file", flat=True))
    gone = versions_of(model).filter(pgh_label=DELETE, pgh_created_at__gt=lately)
    in_use |= set(gone.values_list("file", flat=True))
    return delete_old(file_field.storage, before=lately, spared=in_use)


def delete_old(storage: Storage, *, before: datetime, spared: Collection[str]) -> int:
    """Delete the files written before a moment, but for those `spared`; returns how many."""
    count = 0
    for name in stored(storage):
        with suppress(FileNotFoundError):  # somebody else was quicker
            if name not in spared and storage.get_modified_time(name) < before:
                storage.delete(name)
                count += 1
    return count
