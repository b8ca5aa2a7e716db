"""From an import that was taken back to its columns again: the same file, as a new import."""

from pathlib import PurePosixPath

from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.db import transaction
from django.utils.translation import get_language

from clusterportal.imports.enums import RunState
from clusterportal.imports.models import ImportRepair, ImportRow, ImportRun
from clusterportal.imports.rules import may_import


@transaction.atomic
def start_over(run: ImportRun, *, by) -> ImportRun:
    """A new import of the file of `run`, read and mapped alike, with its repaired cells and what was left out.

    The old one stays, with its report. Raises PermissionDenied, FileNotFoundError when the file is kept no longer.
    """
    if run.state != RunState.UNDONE or run.by_id != by.pk or not may_import(by, run.noun):
        raise PermissionDenied
    if not run.has_file:
        raise FileNotFoundError(run.file.name)
    new = ImportRun(
        noun=run.noun, by=by, file_name=run.file_name, options=run.options, language=get_language() or ""
    )
    with run.file.open("rb") as file:
        new.file.save(PurePosixPath(str(run.file.name)).name, File(file), save=False)
    new.save()
    ImportRepair.objects.bulk_create(
        ImportRepair(run=new, number=one.number, heading=one.heading, before=one.before, after=one.after)
        for one in run.repairs.all()
    )
    ImportRow.objects.bulk_create(
        ImportRow(run=new, number=row.number, outcome=row.outcome, decision=row.decision, kept=row.kept)
        for row in run.rows.exclude(decision="", kept=[])
    )
    return new
