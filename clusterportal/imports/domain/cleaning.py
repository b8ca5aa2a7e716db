"""Forgetting: files and previews of old imports. What they wrote stays, and so does its history."""

from datetime import timedelta

from django.utils import timezone

from clusterportal.imports.models import ImportRun

KEPT = timedelta(days=90)


def forget_old_runs() -> int:
    """Delete imports older than 90 days with their files; returns how many. Undo data live in the history."""
    old = list(ImportRun.objects.filter(created_at__lt=timezone.now() - KEPT).only("pk", "file"))
    for run in old:
        forget_run(run)
    return len(old)


def forget_run(run: ImportRun) -> None:
    """Delete one import with its file."""
    run.file.delete(save=False)
    run.delete()
