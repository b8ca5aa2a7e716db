"""What people say about rows in the preview, kept on the run; what it changes for other rows is planned again."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.db import transaction

from clusterportal.imports.domain.checking import digest_of, store_counts
from clusterportal.imports.domain.choices import KEEPS, mark
from clusterportal.imports.domain.repairs import repair
from clusterportal.imports.domain.replanning import are_independent, dependents
from clusterportal.imports.enums import RunState
from clusterportal.imports.models import ImportRow, ImportRun
from clusterportal.intake.plan import LEFT_OUT, Entry, Outcome

BATCH = 2_000  # rows marked at once


@dataclass(frozen=True)
class Said:
    """By number of the row: what becomes of it, the columns that stay as they are, cells by heading."""

    decisions: Mapping[int, str] = field(default_factory=dict)
    kept: Mapping[int, Sequence[str]] = field(default_factory=dict)
    repairs: Mapping[int, Mapping[str, str]] = field(default_factory=dict)


@transaction.atomic
def say(run: ImportRun, said: Said, *, by) -> set[int]:
    """Keep it, and count the rows again; returns those that have to be planned again.

    Raises PermissionDenied, UnreadableTable.
    """
    _lock(run, by)
    again = {
        number for number, texts in said.repairs.items() if repair(run, number=number, texts=texts, by=by)
    }
    rows = list(run.rows.filter(number__in={*said.decisions, *said.kept}))
    left_out = set()
    for row in rows:
        decision = said.decisions.get(row.number, row.decision)
        if decision != row.decision:
            row.decision = decision
            if decision == LEFT_OUT and are_independent(run):
                row.digest = digest_of(Entry(row.number, Outcome.SKIPPED))
                left_out.add(row.number)
            else:
                again.add(row.number)
        row.kept = [*said.kept.get(row.number, row.kept)]
        mark(row, run.options.get(KEEPS, []))
    ImportRow.objects.bulk_update(rows, ["decision", "kept", "digest", "is_taken", "is_loss"], batch_size=500)
    store_counts(run)
    return again | dependents(run, left_out)


@transaction.atomic
def keep_everywhere(run: ImportRun, *, shown: Iterable[str], taken: Collection[str], by) -> None:
    """Of the columns `shown`, those not `taken` stay as they are in all rows that change a record.

    Raises PermissionDenied.
    """
    _lock(run, by)
    before = {*run.options.get(KEEPS, [])}
    after = (before | {*shown}) - {*taken}
    run.options[KEEPS] = sorted(after)
    run.save(update_fields=["options"])
    for column in sorted(before ^ after):
        rows = run.rows.filter(outcome=Outcome.CHANGED, changes__contains=[[column]])
        _mark_all(rows.only("pk", "outcome", "decision", "kept", "changes"), after)
    store_counts(run)


def _mark_all(rows, everywhere: Collection[str]) -> None:
    marks: dict[tuple[bool, bool], list[int]] = defaultdict(list)
    for row in rows.iterator(chunk_size=BATCH):
        mark(row, everywhere)
        marks[row.is_taken, row.is_loss].append(row.pk)
    for (is_taken, is_loss), pks in marks.items():
        ImportRow.objects.filter(pk__in=pks).update(is_taken=is_taken, is_loss=is_loss)


def _lock(run: ImportRun, by) -> None:
    """Two windows with the same preview speak one after the other."""
    state = ImportRun.objects.select_for_update().filter(pk=run.pk, by=by.pk).values_list("state", flat=True)
    if list(state) != [RunState.CHECKED]:
        raise PermissionDenied
