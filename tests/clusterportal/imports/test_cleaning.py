"""How long files of imports are kept, and who may read them meanwhile."""

import os
import stat
import time
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.utils import timezone

from clusterportal.imports.domain.cleaning import forget_old, forget_old_runs
from clusterportal.imports.models import ImportRun
from clusterportal.imports.tasks import forget

pytestmark = pytest.mark.django_db


def mode(path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def run(state: str, days: int) -> ImportRun:
    made = ImportRun(file_name=f"{state}-{days}", state=state)
    if state == "done":
        made.finished_at = timezone.now()
    made.file.save("table.csv", ContentFile(b"name\n"), save=False)
    made.save()
    ImportRun.objects.filter(pk=made.pk).update(created_at=timezone.now() - timedelta(days=days))
    return made


def test_unfinished_uploads_go_after_a_month_and_written_ones_after_three(settings):
    for state in ("uploaded", "checked", "failed", "done"):
        for days in (29, 31, 89, 91):
            run(state, days)
    assert forget_old_runs() == 10
    assert set(ImportRun.objects.values_list("file_name", flat=True)) == {
        "uploaded-29", "checked-29", "failed-29", "done-29", "done-31", "done-89",
    }  # fmt: skip
    folder = settings.PORTAL_DATA_DIR / "imports"
    assert {path for path in folder.rglob("*") if path.is_file()} == {
        one.path for one in ImportRun.objects.all()
    }


def test_reports_and_left_files_go_and_the_rest_is_for_one_account_alone(settings):
    kept = run("uploaded", 0)
    reports, left = settings.PORTAL_DATA_DIR / "reports", kept.path.with_name("left.csv")
    reports.mkdir(mode=0o755)
    for path, days in ((reports / "old.csv", 91), (reports / "new.csv", 89), (left, 2), (kept.path, 2)):
        path.touch()
        path.chmod(0o644)
        os.utime(path, (time.time() - days * 86400,) * 2)
    assert forget_old() == 2
    assert sorted(path.name for path in reports.iterdir()) == ["new.csv"]
    assert kept.path.exists() and not left.exists()
    assert [mode(path) for path in (reports, reports / "new.csv", kept.path.parent, kept.path)] == [
        0o700, 0o600, 0o700, 0o600,
    ]  # fmt: skip
    forget(0)


def test_a_report_is_for_one_account_alone(settings, tmp_path):
    table = tmp_path / "liste.csv"
    table.write_text("name,kind\nErika,unknown\n")
    with pytest.raises(CommandError, match="1 Zeile ist ungültig"):
        call_command("import_actors", table)
    (report,) = (settings.PORTAL_DATA_DIR / "reports").iterdir()
    assert (mode(report.parent), mode(report)) == (0o700, 0o600)
