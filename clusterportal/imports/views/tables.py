"""Tables that an import gives back: its report, and the invalid rows to be repaired."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from clusterportal.imports.domain.choices import KEEPS, kept_columns
from clusterportal.imports.domain.invalid_table import invalid_table
from clusterportal.imports.domain.nouns import importer_for
from clusterportal.imports.domain.repairs import in_text
from clusterportal.imports.models import ImportRow, ImportRun
from clusterportal.imports.rows_form import changed_columns
from clusterportal.imports.views.pages import address, run_of, step_of
from clusterportal.imports.views.shown_rows import outcome_in_words
from clusterportal.intake.plan import Outcome
from clusterportal.tables.formats import UnreadableTable
from clusterportal.tables.writer import XLSX_MAX_CELL_CHARACTERS, CannotWrite, csv_lines, workbook

ROWS_READ_AT_ONCE = 2_000  # rows
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def report(request, pk: int, ending: str):
    """Every row with its outcome: csv for Excel, or xlsx."""
    run = run_of(request, pk)
    if not run.counts or run.is_busy:
        raise Http404
    lines = _report_rows(run)
    return _file(f"import-{run.pk}", ending, _("Report"), next(lines), lines, is_cut=True)


def invalid(request, pk: int, ending: str):
    """The invalid rows as a table to repair and to upload again."""
    run = run_of(request, pk)
    if not run.counts.get(Outcome.INVALID.value) or run.is_busy:
        raise Http404
    try:
        table = invalid_table(run)
        name = f"import-{run.pk}-{_('invalid')}"
        return _file(name, ending, _("Invalid rows"), table.headings, table.rows)
    except (UnreadableTable, CannotWrite, FileNotFoundError) as error:
        messages.error(
            request, _("The file is no longer kept.") if isinstance(error, OSError) else str(error)
        )
        return redirect(address(step_of(run), run))


def _file(
    name: str, ending: str, title: str, headings: list[str], rows: Iterator[list], *, is_cut: bool = False
) -> HttpResponse | StreamingHttpResponse:
    response: StreamingHttpResponse
    if ending not in ("csv", "xlsx"):
        raise Http404
    if ending == "csv":
        response = StreamingHttpResponse(_csv_lines(headings, rows), content_type="text/csv; charset=utf-8")
    else:
        file = workbook(title, headings, _shortened(rows) if is_cut else rows)
        response = FileResponse(file, content_type=_XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return response


def _csv_lines(headings: list[str], rows: Iterable[list]) -> Iterator[str]:
    yield "\ufeff"  # so that Excel takes it for UTF-8
    yield from csv_lines([headings])
    yield from csv_lines([in_text(cell) for cell in row] for row in rows)


def _shortened(lines: Iterator[list]) -> Iterator[list]:
    """The lines with their texts as long as a workbook's cell can hold: a report, nothing to be read again."""
    return (
        [cell[:XLSX_MAX_CELL_CHARACTERS] if isinstance(cell, str) else cell for cell in line]
        for line in lines
    )


def _report_rows(run: ImportRun) -> Iterator[list]:
    yield [_("Row"), _("Outcome"), _("Title"), _("Field"), _("Before"), _("After"), _("Reason")]
    repairs = defaultdict(list)
    for one in run.repairs.all():
        repairs[one.number].append([one.heading, one.before, one.after, _("repaired")])
    for row in run.rows.order_by("number").iterator(chunk_size=ROWS_READ_AT_ONCE):
        head = [row.number, outcome_in_words(row), row.title]
        for line in [*repairs[row.number], *_lines_of(run, row)] or [["", "", "", ""]]:
            yield [*head, *line]


def _lines_of(run: ImportRun, row: ImportRow) -> Iterator[list]:
    label = importer_for(run.noun).label
    kept = set()
    if row.outcome == Outcome.CHANGED:
        kept = kept_columns([*row.kept, *run.options.get(KEEPS, [])], changed_columns(row))
    for column, before, after in row.changes:
        reason = _("is taken away") if before and not after else ""
        if column in kept or not row.is_taken:
            reason = _("left out")
        yield [label(column), before, after, reason]
    for column, value, why in row.problems:
        yield [label(column) if column else "", value, "", why]
    for column, before, after in row.normalised:
        yield [label(column), before, after, _("normalised")]
    for _pk, title, why, similarity in row.candidates:
        yield ["", title, "", f"{why}, {similarity} %"]
