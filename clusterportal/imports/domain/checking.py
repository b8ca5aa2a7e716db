"""Finding out what an import would do, and storing that row by row for the preview."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice

from django.db import transaction

from clusterportal.imports.domain.nouns import importer_for
from clusterportal.imports.domain.uploading import table_of
from clusterportal.imports.enums import NEW, RunState
from clusterportal.imports.models import ImportRow, ImportRun
from clusterportal.intake.differences import RowReport
from clusterportal.intake.plan import LEFT_OUT, Plan
from clusterportal.intake.report import notes

BATCH = 2_000  # rows stored at once


def check(run: ImportRun, *, on_progress: Callable[[int], None]) -> None:
    """Plan the import against the registry as it is now and store the preview; the registry stays as it is.

    Raises UnreadableTable, PermissionDenied.
    """
    store_preview(run, plan_of(run, on_progress=on_progress))


def plan_of(run: ImportRun, *, on_progress: Callable[[int], None]) -> Plan:
    """What the import would do now, with the decisions that people have made."""
    return importer_for(run.noun).plan(
        run, table_of(run).rows, decisions=decisions_of(run), on_progress=on_progress
    )


@transaction.atomic
def store_preview(run: ImportRun, plan: Plan, *, message: str = "") -> None:
    """Make `plan` what the preview of the run shows."""
    decisions = dict(run.rows.exclude(decision="").values_list("number", "decision"))
    run.rows.all().delete()
    rows = (_row(run, report, decisions) for report in importer_for(run.noun).reports(plan))
    marked = Counter(normalised=0, losses=0)
    while batch := list(islice(rows, BATCH)):
        ImportRow.objects.bulk_create(batch)
        marked["normalised"] += sum(row.is_normalised for row in batch)
        marked["losses"] += sum(row.is_loss for row in batch)
    run.counts = {outcome.value: count for outcome, count in plan.counts.items()} | dict(marked)
    run.notes, run.digest, run.message = notes(plan), digest_of(plan), message
    run.total = len(plan.entries)
    run.state = RunState.CHECKED
    run.save(update_fields=["counts", "notes", "digest", "message", "total", "state"])


def decisions_of(run: ImportRun) -> dict[int, int | str | None]:
    """Row number -> the actor that it means, None for a really new one, or that it is left out."""
    decided = run.rows.exclude(decision="").values_list("number", "decision")
    values = {NEW: None, LEFT_OUT: LEFT_OUT}
    return {number: values[word] if word in values else int(word) for number, word in decided}


def digest_of(plan: Plan) -> str:
    """A fingerprint of what a plan does: equal as long as the registry has not changed in between."""
    digest = hashlib.sha256()
    for line in _lines(plan):
        digest.update(line.encode())
    return digest.hexdigest()


def _lines(plan: Plan) -> Iterator[str]:
    for entry in plan.entries:
        yield f"{entry.row} {entry.outcome} {entry.pk} {sorted(entry.fields.items())} {sorted(entry.before.items())}\n"
        for column, change in entry.parts.items():
            yield f"{column} {change.add} {change.update} {change.remove}\n"
    yield f"{plan.relations.add} {plan.relations.update} {plan.relations.remove}"


def _row(run: ImportRun, report: RowReport, decisions: dict[int, str]) -> ImportRow:
    entry = report.entry
    return ImportRow(
        run=run,
        number=entry.row,
        outcome=entry.outcome.value,
        title=entry.title[:300],
        record=entry.pk,
        changes=[list(change) for change in report.differences],
        problems=[[problem.column, problem.value, problem.reason] for problem in report.problems],
        normalised=[list(change) for change in entry.normalised],
        candidates=[list(candidate) for candidate in entry.candidates],
        is_normalised=bool(entry.normalised),
        is_loss=any(change.is_loss for change in report.differences),
        decision=decisions.get(entry.row, ""),
    )
