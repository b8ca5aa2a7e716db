"""What people left out of an import: rows as a whole, and fields that keep what the registry holds."""

from collections.abc import Collection, Iterable, Mapping

from clusterportal.imports.enums import NEW
from clusterportal.imports.models import ImportRow, ImportRun
from clusterportal.intake.plan import LEFT_OUT, Entry, Outcome, Plan, RelationChanges
from clusterportal.intake.planning.row_matcher import Decisions

KEEPS = "keeps"  # the option of a run: columns that stay as they are in all rows that change something
_TOGETHER = (
    {"latitude", "longitude"},
    {"country", "postcode"},
)  # one of these without the other may be wrong
_VALUES = {NEW: None, LEFT_OUT: LEFT_OUT}


def decisions_of(run: ImportRun) -> Decisions:
    """Row number -> the actor that it means, None for a really new one, or that it is left out."""
    decided = run.rows.exclude(decision="").values_list("number", "decision")
    return {number: _VALUES[word] if word in _VALUES else int(word) for number, word in decided}


def without(decisions: Decisions, numbers: Collection[int]) -> Decisions:
    """The decisions as if these rows had not been left out."""
    return {
        row: decision for row, decision in decisions.items() if row not in numbers or decision != LEFT_OUT
    }


def kept_columns(chosen: Iterable[str], changed: Collection[str]) -> set[str]:
    """Those of the `changed` columns that stay as they are: the chosen ones, and what belongs together with them."""
    kept = {*chosen} & {*changed}
    for group in _TOGETHER:
        if kept & group:
            kept |= group & {*changed}
    return kept


def is_taken(row: ImportRow, everywhere: Iterable[str]) -> bool:
    """Whether anything of the row would be written."""
    if row.decision == LEFT_OUT:
        return False
    if row.outcome != Outcome.CHANGED:
        return True
    changed = {column for column, _before, _after in row.changes}
    return bool(changed - kept_columns([*row.kept, *everywhere], changed))


def mark(row: ImportRow, everywhere: Collection[str]) -> None:
    """Notes with a row whether it is taken, and whether what is taken removes anything."""
    row.is_taken = is_taken(row, everywhere)
    kept: set[str] = set()
    if row.outcome == Outcome.CHANGED:
        kept = kept_columns([*row.kept, *everywhere], {column for column, *_values in row.changes})
    row.is_loss = any(before and not after for column, before, after in row.changes if column not in kept)


def leave_fields(plan: Plan, run: ImportRun, columns_of: Mapping[str, str]) -> dict[int, set[str]]:
    """Takes out of `plan` the fields that keep what the registry holds; returns them by row.

    `columns_of`: the column of a field, where it has another name in tables.
    """
    everywhere = run.options.get(KEEPS, [])
    chosen = dict(run.rows.exclude(kept=[]).values_list("number", "kept"))
    if not everywhere and not chosen:
        return {}
    lines: dict[int, list] = {}
    for line in plan.relations.lines:
        lines.setdefault(line.row, []).append(line)
    left = {}
    for entry in plan.entries:
        if entry.outcome is Outcome.CHANGED:
            chosen_kept = [*chosen.get(entry.row, []), *everywhere]
            left[entry.row] = _leave_fields(plan, entry, lines.get(entry.row, []), chosen_kept, columns_of)
    return left


def _leave_fields(
    plan: Plan, entry: Entry, lines: list, chosen: Iterable[str], columns_of: Mapping[str, str]
) -> set[str]:
    columns = {name: columns_of.get(name, name) for name in entry.fields}
    changed = {*columns.values(), *entry.parts, *(["relations"] if lines else [])}
    kept = kept_columns(chosen, changed)
    left = {name for name, column in columns.items() if column in kept}
    entry.fields = {name: value for name, value in entry.fields.items() if columns[name] not in kept}
    entry.before = {name: value for name, value in entry.before.items() if name in entry.fields}
    entry.parts = {column: change for column, change in entry.parts.items() if column not in kept}
    if "relations" in kept:
        for line in lines:
            _leave_relation(plan.relations, entry, line)
    if kept == changed:
        entry.outcome = Outcome.UNCHANGED
    return left


def _leave_relation(relations: RelationChanges, entry: Entry, line) -> None:
    if line.pk is None:
        ends = {entry.node, line.other}
        relations.add = [
            one for one in relations.add if not ({one[0], one[1]} == ends and one[2] == line.kind)
        ]
    else:
        relations.update = [one for one in relations.update if one[0] != line.pk]
        relations.remove = [pk for pk in relations.remove if pk != line.pk]
