"""Forgetting: files, previews and reports of old imports. What they wrote stays, and so does its history.

How long they are kept stands here and nowhere else.
"""

from collections.abc import Collection, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from clusterportal.core.private_files import FOLDER_OF_OWNER, ONLY_OWNER
from clusterportal.history.unused_files import delete_old
from clusterportal.imports.enums import OPEN
from clusterportal.imports.models import ImportRun, private_storage

KEPT = timedelta(days=90)  # imports that were written, and reports of the command line
KEPT_UNFINISHED = timedelta(days=30)  # uploads that nobody finished
KEPT_LEFT_BEHIND = timedelta(days=1)  # files that no import names: their upload broke off


def forget_old() -> int:
    """Everything of the night; returns how many imports and files went."""
    return forget_old_runs() + forget_reports() + forget_left_files()


def forget_old_runs() -> int:
    """Delete imports older than 90 days, unfinished ones older than 30, with their files. Undo lives in the history."""
    now = timezone.now()
    is_over = Q(created_at__lt=now - KEPT) | Q(created_at__lt=now - KEPT_UNFINISHED, state__in=OPEN)
    old = list(ImportRun.objects.filter(is_over).only("pk", "file"))
    for run in old:
        forget_run(run)
    return len(old)


def forget_run(run: ImportRun) -> None:
    """Delete one import with its file."""
    run.file.delete(save=False)
    run.delete()


def forget_reports() -> int:
    """Delete reports of the command line older than 90 days."""
    return _forget(_files(settings.PORTAL_DATA_DIR / "reports"), KEPT)


def forget_left_files() -> int:
    """Delete uploaded files that no import names."""
    home, named = settings.PORTAL_DATA_DIR / "imports", set(ImportRun.objects.values_list("file", flat=True))
    count = _forget(_files(home), KEPT_LEFT_BEHIND, spared={home / name for name in named})
    return count + delete_old(private_storage(), before=timezone.now() - KEPT_LEFT_BEHIND, spared=named)


def _files(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        folder.chmod(FOLDER_OF_OWNER)
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _forget(files: Iterator[Path], kept: timedelta, *, spared: Collection[Path] = ()) -> int:
    """Delete what is older; whatever stays is for the portal's account alone."""
    count, oldest = 0, (timezone.now() - kept).timestamp()
    for path in files:
        with suppress(FileNotFoundError):  # somebody else was quicker
            if path not in spared and path.stat().st_mtime < oldest:
                path.unlink()
                count += 1
            else:
                path.chmod(ONLY_OWNER)
    return count
