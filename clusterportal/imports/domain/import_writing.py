"""Writing what was checked, as one act in one transaction, and taking it back."""

from collections.abc import Callable
from dataclasses import asdict

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from clusterportal.history.undo import Undone, edited_since, undo
from clusterportal.imports.domain.checking import is_as_shown, plan_of, store_preview
from clusterportal.imports.domain.choices import leave_fields
from clusterportal.imports.domain.nouns import importer_for
from clusterportal.imports.domain.plain_lists import RecordPlan
from clusterportal.imports.enums import RunState
from clusterportal.imports.models import ImportRow, ImportRun
from clusterportal.imports.rules import may_import
from clusterportal.intake.plan import Outcome, Plan

BATCH = 2_000  # rows updated at once
MAX_KEPT_NAMED = 50  # records not undone that the report of an undo names


class Superseded(Exception):
    """Somebody has started this import again meanwhile; what this job did is rolled back."""


def write(run: ImportRun, *, by, on_progress: Callable[[int], None]) -> None:
    """Write the import of `run`, all of it or nothing.

    It is planned once more: when the registry has changed since the preview, nothing is written and the preview
    shows what would happen now. Raises PermissionDenied, UnreadableTable, ValidationError, Superseded.
    """
    if not may_import(by, run.noun):
        raise PermissionDenied
    plan = plan_of(run, on_progress=on_progress)
    if not is_as_shown(run, plan):
        store_preview(
            run,
            plan,
            message=_("The registry has changed since the check. Please look at the preview again."),
        )
        return
    if plan.has_invalid and not run.options.get("without_invalid"):
        store_preview(
            run, plan, message=_("Rows are invalid: repair them here or in the file, or leave them out.")
        )
        return
    left = leave_fields(plan, run, importer_for(run.noun).column_of_field)
    if isinstance(plan, RecordPlan):
        plan.left = left
    planned = len(plan.entries)
    with transaction.atomic():
        act_id = importer_for(run.noun).write(
            plan, by=by, on_progress=lambda rows: on_progress(planned + rows), file=run.file_name, run=run.pk
        )
        _store_new_keys(run, plan)
        ended = ImportRun.objects.filter(pk=run.pk, state=RunState.WRITING, ticket=run.ticket).update(
            state=RunState.DONE, act_id=act_id, finished_at=timezone.now(), message=""
        )
        if not ended:
            raise Superseded
    run.refresh_from_db()


def what_undo_would_do(run: ImportRun) -> Undone:
    """What would go back, and what was edited since and would stay; of an import that wrote something."""
    assert run.act_id is not None
    return edited_since(run.act_id)


def take_back(run: ImportRun, *, by) -> None:
    """Undo the whole import but for what was edited since, which the run then names. Raises PermissionDenied."""
    if not may_import(by, run.noun):
        raise PermissionDenied
    assert run.act_id is not None  # the database lets none be undone without
    with transaction.atomic():
        undone = undo(run.act_id, by=by)
        ended = ImportRun.objects.filter(pk=run.pk, state=RunState.UNDOING, ticket=run.ticket).update(
            state=RunState.UNDONE, finished_at=timezone.now(), undone=_summary_of(undone)
        )
        if not ended:
            raise Superseded
    run.refresh_from_db()


def _store_new_keys(run: ImportRun, plan: Plan) -> None:
    """Notes with each row of the preview the key of the record that was made of it."""
    made = {entry.row: entry.pk for entry in plan.entries if entry.outcome is Outcome.NEW}
    rows = run.rows.filter(outcome=Outcome.NEW).only("pk", "number").order_by("pk")
    for start in range(0, len(made), BATCH):
        some = list(rows[start : start + BATCH])
        for row in some:
            row.record = made.get(row.number)
        ImportRow.objects.bulk_update(some, ["record"], batch_size=500)


def _summary_of(undone: Undone) -> dict:
    kept = [
        asdict(one) | {"at": one.at.isoformat() if one.at else "", "columns": list(map(str, one.columns))}
        for one in undone.kept[:MAX_KEPT_NAMED]
    ]
    return {"restored": undone.restored, "kept_count": undone.kept_count, "kept": kept}
