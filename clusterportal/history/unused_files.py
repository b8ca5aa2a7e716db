"""Files whose record is gone: they stay for a while, because with its history the record can be brought back."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta

from django.core.files.storage import Storage
from django.db import models
from django.utils import timezone

from clusterportal.history.changes import DELETE, versions_of

KEPT_FOR = timedelta(days=30)


def forget_unused_files(model: type[models.Model], storage: Storage, kept_for: timedelta = KEPT_FOR) -> int:
    """Delete the files of `storage` whose record, named by `model.file`, is gone for longer; returns how many."""
    lately, count = timezone.now() - kept_for, 0
    in_use = set(model._default_manager.values_list("file", flat=True))
    gone = versions_of(model).filter(pgh_label=DELETE, pgh_created_at__gt=lately)
    in_use |= set(gone.values_list("file", flat=True))
    for name in _stored(storage, ""):
        if name not in in_use and storage.get_modified_time(name) < lately:
            storage.delete(name)
            count += 1
    return count


def _stored(storage: Storage, folder: str) -> Iterator[str]:
    with suppress(FileNotFoundError):
        folders, files = storage.listdir(folder)
        yield from (f"{folder}{name}" for name in files)
        for name in folders:
            if not name.startswith("."):  # a restore at work
                yield from _stored(storage, f"{folder}{name}/")
