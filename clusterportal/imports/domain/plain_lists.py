"""Plain lists beside the actors, one record a row: planned and written by the django-import-export resource of each."""

from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass, field
from uuid import UUID

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _
from import_export.results import Result, RowResult
from tablib import Dataset

from actors.columns.placeholders import stated
from clusterportal.history.acts import act
from clusterportal.history.resources import NOT_STATED, UNDECIDED, RecordedResource
from clusterportal.intake.plan import Entry, Outcome, Plan
from clusterportal.tables.body_rows import EXTRA_CELLS, SKIPPED_LINE
from clusterportal.tables.skipped_lines import filled

_OUTCOMES = {
    RowResult.IMPORT_TYPE_NEW: Outcome.NEW,
    RowResult.IMPORT_TYPE_UPDATE: Outcome.CHANGED,
    RowResult.IMPORT_TYPE_SKIP: Outcome.UNCHANGED,
    RowResult.IMPORT_TYPE_INVALID: Outcome.INVALID,
}

_IS_EMPTY = models.Field.default_error_messages["blank"]  # in a table there is no null


@dataclass
class RecordPlan(Plan):
    """A plan with the rows of which it was made, and the resource that writes them."""

    resource: RecordedResource = field(kw_only=True)
    cells: Dataset = field(default_factory=Dataset)
    taken: list[Entry] = field(default_factory=list)  # the entries of these rows, in the same order
    left: dict[int, set[str]] = field(
        default_factory=dict
    )  # by row: fields that keep what the registry holds

    @property
    def numbers(self) -> list[int]:
        return [entry.row for entry in self.taken]


def plan_records(
    rows: Iterable[tuple[int, dict]],
    *,
    resource: RecordedResource,
    constants: dict,
    left_out: Set[int] = frozenset(),
    on_progress: Callable[[int], None] = lambda rows_done: None,
) -> RecordPlan:
    """What importing the rows would do to the registry.

    `constants` hold where a row says nothing itself; `left_out`: numbers of rows that somebody decided to leave out.
    """
    plan, columns = RecordPlan(resource=resource), [*resource.fields]
    plan.cells.headers = columns
    for number, row in rows:
        plan.read += 1
        entry = Entry(number, Outcome.UNCHANGED)
        plan.entries.append(entry)
        if number in left_out:
            plan.skip(entry, _("Left out by decision."))
        elif not _is_left_out(plan, entry, row):
            cells = {
                name: cell for name, cell in stated(row).items() if filled(cell) or name not in constants
            }
            cells = constants | cells
            entry.title = resource.title_of(cells)
            plan.taken.append(entry)
            plan.cells.append([cells.get(column, NOT_STATED) for column in columns])
    result = _import(plan, is_trial=True, on_progress=on_progress)
    for entry, cells, outcome in zip(plan.taken, plan.cells, result.rows, strict=True):
        _tell(plan, entry, dict(zip(columns, cells, strict=True)), outcome)
    plan.check_counts()
    return plan


@transaction.atomic
def write_records(plan: RecordPlan, *, by, on_progress, **about) -> UUID | None:
    """Writes new and changed records as one act of `by`. Raises ValidationError when the registry has changed."""
    if not any(entry.outcome in (Outcome.NEW, Outcome.CHANGED) for entry in plan.entries):
        return None
    with act("import", by=by, **about) as act_id:
        # Nobody else changes these records between being read and being written; references to them may be made.
        list(plan.resource.get_queryset().select_for_update(no_key=True).values_list("pk"))
        if plan.left:
            _leave_cells(plan)
        result = _import(plan, is_trial=False, on_progress=on_progress)
        for entry, outcome in zip(plan.taken, result.rows, strict=True):
            planned = {name: (entry.before[name], value) for name, value in entry.fields.items()}
            if (_outcome_of(outcome), outcome.changes) != (entry.outcome, planned):
                raise ValidationError(
                    _("The registry has changed since the check. Please look at the preview again.")
                )
            entry.pk = outcome.instance.pk if outcome.instance else None
    return act_id


def _leave_cells(plan: RecordPlan) -> None:
    """Makes the rows say nothing of fields that keep what the registry holds."""
    cells = Dataset(headers=plan.cells.headers)
    for entry, row in zip(plan.taken, plan.cells, strict=True):
        left = plan.left.get(entry.row, ())
        named = zip(plan.cells.headers, row, strict=True)
        cells.append([NOT_STATED if name in left else cell for name, cell in named])
    plan.cells = cells


def _is_left_out(plan: Plan, entry: Entry, row: dict) -> bool:
    """Whether a line is no row, or none that could be read; then the plan says why."""
    if SKIPPED_LINE in row:
        plan.skip_line(entry, row[SKIPPED_LINE].reason)
    elif not any(map(filled, row.values())):
        plan.skip(entry, _("The row is empty."))
    elif width := row.get(EXTRA_CELLS):
        reason = _("The row has %(cells)s cells, more than the header. Is there a delimiter in a text?")
        plan.refuse(entry, ("", "", reason % {"cells": width}))
    return entry.outcome is not Outcome.UNCHANGED


def _import(plan: RecordPlan, *, is_trial: bool, on_progress) -> Result:
    result = plan.resource.import_data(
        plan.cells, dry_run=is_trial, use_transactions=True, numbers=plan.numbers, on_progress=on_progress
    )
    faults = [*result.base_errors, *(fault for _row, faults in result.row_errors() for fault in faults)]
    if faults:
        raise faults[0].error  # no fault of the table: import-export would go on with the other rows
    return result


def _tell(plan: Plan, entry: Entry, cells: dict, outcome: RowResult) -> None:
    """Makes `entry` say what import-export found out about its row."""
    entry.outcome, entry.candidates = _outcome_of(outcome), outcome.candidates
    entry.pk = outcome.instance.pk if outcome.instance else None
    entry.before = {name: before for name, (before, _after) in outcome.changes.items()}
    entry.fields = {name: after for name, (_before, after) in outcome.changes.items()}
    if entry.outcome is Outcome.INVALID:
        reasons = outcome.validation_error.error_dict
        plan.refuse(entry, *(_reason(name, cells, errors) for name, errors in reasons.items()))


def _outcome_of(outcome: RowResult) -> Outcome:
    """What became of a row; one that is refused only because somebody has to say what it means, is possible."""
    error = outcome.validation_error
    codes = {one.code for errors in error.error_dict.values() for one in errors} if error else set()
    return Outcome.POSSIBLE if codes == {UNDECIDED} else _OUTCOMES[outcome.import_type]


def _reason(name: str, cells: dict, errors: list[ValidationError]) -> tuple[str, str, str]:
    cell = cells.get(name, NOT_STATED)
    value = "" if cell is NOT_STATED or not filled(cell) else str(cell)
    texts = [_IS_EMPTY if error.code == "null" else " ".join(error.messages) for error in errors]
    return ("" if name == NON_FIELD_ERRORS else name), value, " ".join(map(str, texts))
