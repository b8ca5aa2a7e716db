"""An import in words for the terminal and its report: rows by outcome, and whatever is not a plain new value."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterportal.core.private_files import open_private
from clusterportal.intake import publishing
from clusterportal.intake.differences import column_label, reports
from clusterportal.intake.plan import Outcome, Plan, candidates_in_words
from clusterportal.intake.row_facts import Problem
from clusterportal.tables.writer import csv_lines

_LEFT_OUT = (Outcome.INVALID, Outcome.SKIPPED, Outcome.NOT_A_ROW)


class Section(NamedTuple):
    """One kind of lines that people should see; `title` says how many there are."""

    title: str
    lines: list[Problem]
    is_complaint: bool = False  # about the table; other sections tell what is done


def accounts(counts: Mapping[Outcome, int], *, read: int) -> str:
    """The rows read as a sum by outcome: "Rows read: 5 = 2 new + 3 passed over"."""
    words = _words()
    parts = [f"{counts[outcome]} {words[outcome]}" for outcome in Outcome if counts.get(outcome)]
    return _("Rows read: %(read)s = %(parts)s") % {"read": read, "parts": " + ".join(parts) or "0"}


def _words() -> dict[Outcome, str]:
    return {
        Outcome.NEW: _("new"),
        Outcome.CHANGED: _("changed"),
        Outcome.UNCHANGED: _("unchanged"),
        Outcome.POSSIBLE: _("possible duplicates"),
        Outcome.SKIPPED: _("skipped"),
        Outcome.NOT_A_ROW: _("passed over (header again, total, note)"),
        Outcome.INVALID: _("invalid"),
    }


def sections(plan: Plan, *, is_done: bool) -> list[Section]:
    """The report on `plan`, most serious first, without empty sections. `is_done`: the plan was written."""
    losses, overwritten = [], []
    for report in reports(plan, {Outcome.CHANGED}):
        for change in report.differences:
            if change.is_loss:
                losses.append(Problem(report.entry.row, change.column, change.before, _("is taken away")))
            elif change.before and change.after:
                reason = _("becomes “%(after)s”") % {"after": change.after}
                overwritten.append(Problem(report.entry.row, change.column, change.before, reason))
    left_out = {entry.row for entry in plan.entries if entry.outcome in _LEFT_OUT}
    not_taken = [problem for problem in plan.problems if problem.row in left_out]
    doubtful = [problem for problem in plan.problems if problem.row not in left_out]
    found = [
        Section(_count_not_taken(len(left_out)), not_taken, is_complaint=True),
        Section(_("To be looked at"), doubtful, is_complaint=True),
        Section(_count_likely(plan), _likely(plan), is_complaint=True),
        Section(_count_losses(len(losses), is_done=is_done), losses),
        Section(_count_overwritten(len(overwritten), is_done=is_done), overwritten),
        Section(_count_rewritten(plan), list(_rewritten(plan))),
    ]
    return [section for section in found if section.lines]


def notes(plan: Plan) -> list[str]:
    """Sentences about the whole table."""
    return [*plan.notes, *publishing.warnings(plan)]


def in_one_line(problem: Problem, *, longest: int) -> str:
    """Row, column, value and reason as one line; the value is cut after `longest` characters."""
    place = _("Row %(row)s") % {"row": problem.row}
    if problem.column:
        place += f", {column_label(problem.column)}"
    text = " ".join(problem.value.split())
    if len(text) > longest:
        text = f"{text[:longest]}…"
    value = " " + _("“%(value)s”") % {"value": text} if text else ""
    return f"{place}{value}: {problem.reason}"


def write_csv(found: list[Section], path: Path) -> bool:
    """Writes every line of the sections, in the order of the rows; False, and no file, where there is none.

    Raises OSError.
    """
    lines = sorted(line for section in found for line in section.lines)
    if lines:
        with open_private(path, encoding="utf-8", newline="") as file:
            file.writelines(csv_lines([["row", "column", "value", "reason"], *lines]))
    return bool(lines)


def _count_not_taken(rows: int) -> str:
    text = ngettext("Not taken: %(count)s row", "Not taken: %(count)s rows", rows)
    return text % {"count": rows}


def _likely(plan: Plan) -> list[Problem]:
    """New rows that probably mean an actor of the registry."""
    return [
        Problem(entry.row, "name", entry.title, candidates_in_words(entry.candidates))
        for entry in plan.entries
        if entry.outcome is Outcome.NEW and entry.candidates
    ]


def _count_likely(plan: Plan) -> str:
    count = len(_likely(plan))
    text = ngettext(
        "%(count)s new row probably means an actor of the registry",
        "%(count)s new rows probably mean actors of the registry",
        count,
    )
    return text % {"count": count}


def _count_losses(count: int, *, is_done: bool) -> str:
    if is_done:
        text = ngettext("Taken away: %(count)s value", "Taken away: %(count)s values", count)
    else:
        text = ngettext(
            "Would be taken away: %(count)s value", "Would be taken away: %(count)s values", count
        )
    return text % {"count": count}


def _count_overwritten(count: int, *, is_done: bool) -> str:
    if is_done:
        text = ngettext("Overwritten: %(count)s value", "Overwritten: %(count)s values", count)
    else:
        text = ngettext(
            "Would be overwritten: %(count)s value", "Would be overwritten: %(count)s values", count
        )
    return text % {"count": count}


def _rewritten(plan: Plan) -> Iterator[Problem]:
    """Values that the registry holds in another spelling than the table."""
    for entry in plan.entries:
        if entry.outcome in _LEFT_OUT:
            continue
        for column, before, after in entry.normalised:
            reason = _("is held as “%(after)s”") if before else _("is taken as “%(after)s”")
            yield Problem(entry.row, column, before, reason % {"after": after})


def _count_rewritten(plan: Plan) -> str:
    count = sum(1 for _line in _rewritten(plan))
    return ngettext("Normalised: %(count)s value", "Normalised: %(count)s values", count) % {"count": count}
