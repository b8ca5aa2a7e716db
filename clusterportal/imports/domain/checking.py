"""Finding out what an import would do, and storing that row by row for the preview."""

import hashlib
from collections.abc import Callable, Collection, Iterator
from itertools import islice

from django.db import transaction

from clusterportal.imports.domain.choices import KEEPS, decisions_of, mark, without
from clusterportal.imports.domain.nouns import importer_for
from clusterportal.imports.domain.progress import no_progress
from clusterportal.imports.domain.repairs import (
    can_be_repaired,
    in_text,
    original_rows,
    repaired_rows,
    repairs_of,
)
from clusterportal.imports.domain.uploading import column_finder
from clusterportal.imports.enums import RunState
from clusterportal.imports.models import ImportRow, ImportRun
from clusterportal.intake.differences import RowReport
from clusterportal.intake.plan import LEFT_OUT, Entry, Outcome, Plan
from clusterportal.intake.report import notes

Chosen = dict[int, tuple[str, list[str]]]
BATCH = 2_000  # rows stored at once
MOST_WITH_CELLS = (
    2_000  # invalid rows whose cells the preview shows in fields; the others have a page of their own
)


def check(run: ImportRun, *, on_progress: Callable[[int], None]) -> None:
    """Plan the import against the registry as it is now and store the preview; the registry stays as it is.

    Raises UnreadableTable, PermissionDenied.
    """
    store_preview(run, plan_of(run, on_progress=on_progress))


def plan_of(
    run: ImportRun,
    *,
    on_progress: Callable[[int], None] = no_progress,
    only: Collection[int] | None = None,
    taking: Collection[int] = (),
) -> Plan:
    """What the import would do now, with repaired cells and the decisions that people have made.

    `only`: plan these rows, as if the table had no others. `taking`: rows planned although they are left out.
    """
    return importer_for(run.noun).plan(
        run,
        repaired_rows(run),
        decisions=without(decisions_of(run), taking),
        on_progress=on_progress,
        only=only,
    )


@transaction.atomic
def store_preview(run: ImportRun, plan: Plan, *, message: str = "") -> None:
    """Make `plan` what the preview of the run shows."""
    rows = _with_choices(run, plan, chosen_in(run.rows.all()))
    run.rows.all().delete()
    while batch := list(islice(rows, BATCH)):
        ImportRow.objects.bulk_create(batch)
    _store_cells(run, run.rows.all())
    run.notes, run.digest, run.message = notes(plan), digest_of_relations(plan), message
    run.total = len(plan.entries)
    run.state = RunState.CHECKED
    run.counts = run.rows.tally()
    run.save(update_fields=["counts", "notes", "digest", "message", "total", "state"])


@transaction.atomic
def store_some(run: ImportRun, plan: Plan) -> None:
    """Make `plan`, of some rows, what the preview shows of these."""
    numbers = [entry.row for entry in plan.entries]
    rows = list(_with_choices(run, plan, chosen_in(run.rows.filter(number__in=numbers))))
    run.rows.filter(number__in=numbers).delete()
    ImportRow.objects.bulk_create(rows)
    _store_cells(run, run.rows.filter(number__in=numbers))
    store_counts(run)


def store_counts(run: ImportRun) -> None:
    """Count the rows again: something about them was decided."""
    run.counts = run.rows.tally()
    run.save(update_fields=["counts"])


def is_as_shown(run: ImportRun, plan: Plan) -> bool:
    """Whether `plan` does with every row what the preview shows."""
    if digest_of_relations(plan) != run.digest:
        return False
    shown = dict(run.rows.values_list("number", "digest"))
    return shown == {entry.row: digest_of(entry) for entry in plan.entries}


def digest_of(entry: Entry) -> str:
    """A fingerprint of what a plan does with a row: equal as long as the registry has not changed in between."""
    lines = [f"{entry.outcome} {entry.pk} {sorted(entry.fields.items())} {sorted(entry.before.items())}"]
    lines += [
        f"{column} {change.add} {change.update} {change.remove}" for column, change in entry.parts.items()
    ]
    return _hashed(lines)


def digest_of_relations(plan: Plan) -> str:
    """The same of all relations between actors, which no row has for itself."""
    relations = plan.relations
    return _hashed([f"{relations.add} {relations.update} {relations.remove}"])


def _hashed(lines: list[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def chosen_in(rows) -> Chosen:
    """What people said of the rows, by number: the decision, and the columns that stay as they are."""
    said = rows.exclude(decision="", kept=[]).values_list("number", "decision", "kept")
    return {number: (decision, kept) for number, decision, kept in said}


def _with_choices(run: ImportRun, plan: Plan, chosen: Chosen) -> Iterator[ImportRow]:
    """The rows of the plan as the preview shows them, with what people said of them.

    A row that is left out shows what it would do, so that it can be taken after all.
    """
    left_out = {number for number, (decision, _kept) in chosen.items() if decision == LEFT_OUT}
    digests = {entry.row: digest_of(entry) for entry in plan.entries}
    everywhere = run.options.get(KEEPS, [])
    tables = importer_for(run.noun)
    aside = {}
    if left_out:
        would_do = plan_of(run, only=left_out, taking=left_out)
        aside = {report.entry.row: report for report in tables.reports(would_do)}
    for report in tables.reports(plan):
        number = report.entry.row
        row = _row(run, aside.get(number, report))
        row.digest = digests[number]
        row.decision, row.kept = chosen.get(number, ("", []))
        mark(row, everywhere)
        yield row


def _row(run: ImportRun, report: RowReport) -> ImportRow:
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
    )


def _store_cells(run: ImportRun, rows) -> None:
    """Notes with invalid rows the cells that can be repaired, so that a page of them need not read the file."""
    invalid = {
        row.number: row
        for row in rows.filter(outcome=Outcome.INVALID).only("pk", "number", "problems")[:MOST_WITH_CELLS]
    }
    if not invalid:
        return
    column_of, repairs = column_finder(run), repairs_of(run)
    for number, cells in original_rows(run, invalid.keys()):
        row = invalid[number]
        bad = {column for column, _value, _reason in row.problems if column}
        texts = {
            heading: in_text(cell)
            for heading, cell in cells.items()
            if column_of(heading) in bad and can_be_repaired(cell)
        }
        row.cells = [
            [heading, text] for heading, text in (texts | repairs.get(number, {})).items() if heading in texts
        ]
    ImportRow.objects.bulk_update(invalid.values(), ["cells"], batch_size=500)
