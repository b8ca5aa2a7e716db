"""Rows of the preview in words, with what can be said about each."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusterportal.imports.domain.choices import kept_columns
from clusterportal.imports.domain.nouns import importer_for
from clusterportal.imports.models import ImportRow, ImportRun
from clusterportal.imports.rows_form import RowsForm, changed_columns
from clusterportal.intake.plan import Outcome

REMARKED = "remarked"  # taken, and yet there is a word to be said about them
NORMALISED, LOSSES = "normalised", "losses"  # marks of rows beside their outcome
TABS = {
    Outcome.NEW.value: gettext_lazy("New"),
    Outcome.CHANGED.value: gettext_lazy("Changed"),
    Outcome.UNCHANGED.value: gettext_lazy("Unchanged"),
    Outcome.POSSIBLE.value: gettext_lazy("Possible duplicate"),
    Outcome.INVALID.value: gettext_lazy("Invalid"),
    Outcome.SKIPPED.value: gettext_lazy("Skipped"),
    Outcome.NOT_A_ROW.value: gettext_lazy("Passed over"),
    LOSSES: gettext_lazy("Takes away"),
    NORMALISED: gettext_lazy("Normalised"),
}
Labelled = list[tuple[str, str, str]]


@dataclass(frozen=True)
class ShownChange:
    """A line of a comparison; the first one of a field has the tick for all of it."""

    column: str
    label: str
    before: str
    after: str
    is_first: bool
    is_taken: bool
    is_open: bool  # it can be ticked here; otherwise it is left out in all rows


@dataclass(frozen=True)
class ShownRow:
    """A row of the preview with everything in words."""

    row: ImportRow
    outcome: str
    changes: list[ShownChange]
    problems: Labelled
    normalised: Labelled
    url: str
    candidates: list[tuple[str, str, str, int]]  # address, name, why, and how like in per cent
    repairs: Labelled  # heading, what the file has, what stands there now
    decision: object = None  # bound field, None where nothing is to be decided
    tick: object = None  # bound field, None where the row cannot be left out
    cells: list = field(default_factory=list)  # bound fields of its bad cells

    @property
    def is_repairable(self) -> bool:
        return self.row.outcome not in (Outcome.NOT_A_ROW, Outcome.SKIPPED)


def outcome_in_words(row: ImportRow) -> str:
    """What becomes of a row, as its tag and the report say it."""
    return str(TABS.get(row.outcome, row.outcome)) if row.is_taken else _("Left out")


def shown_rows(run: ImportRun, form: RowsForm) -> list[ShownRow]:
    """The rows of the form; one query for all of them."""
    tables = importer_for(run.noun)
    repairs = defaultdict(list)
    numbers = [row.number for row in form.rows]
    for one in run.repairs.filter(number__in=numbers):
        repairs[one.number].append((one.heading, one.before, one.after))

    def labelled(some: Iterable) -> Labelled:
        return [(tables.label(column) if column else "", first, second) for column, first, second in some]

    def bound(name: str):
        return form[name] if name in form.fields else None

    return [
        ShownRow(
            row,
            outcome_in_words(row),
            _changes(row, form.everywhere, tables.label),
            _unrepeated(labelled(row.problems)),
            labelled(row.normalised),
            tables.record_url(row.record) if row.record else "",
            [(tables.record_url(key), *rest) for key, *rest in row.candidates],
            repairs[row.number],
            bound(f"d{row.number}"),
            bound(f"t{row.number}"),
            [one for place, _cell in enumerate(row.cells) if (one := bound(f"r{row.number}-{place}"))],
        )
        for row in form.rows
    ]


def _changes(row: ImportRow, everywhere: set[str], label) -> list[ShownChange]:
    kept = (
        kept_columns([*row.kept, *everywhere], changed_columns(row)) if row.outcome == Outcome.CHANGED else ()
    )
    seen: set[str] = set()
    shown = []
    for column, before, after in row.changes:
        is_first = column not in seen
        seen.add(column)
        is_kept = column in kept
        shown.append(
            ShownChange(column, label(column), before, after, is_first, not is_kept, column not in everywhere)
        )
    return shown


def _unrepeated(problems: Labelled) -> Labelled:
    """A reason often names the value that it is about; once is enough."""
    return [(label, "" if value in reason else value, reason) for label, value, reason in problems]
