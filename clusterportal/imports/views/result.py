"""The result: what was written, its report as a table, and taking it back."""

from collections.abc import Iterator

from django.http import FileResponse, Http404, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from clusterportal.imports import tasks
from clusterportal.imports.domain.nouns import importer_for
from clusterportal.imports.domain.writing import what_undo_would_do
from clusterportal.imports.enums import RunState
from clusterportal.imports.models import ImportRun
from clusterportal.imports.views.pages import SEEN_AGAIN_AFTER, address, page, run_of, step_of
from clusterportal.imports.views.preview import TABS
from clusterportal.intake.report import accounts
from clusterportal.tables.writer import XLSX_MAX_CELL_CHARACTERS, csv_lines, workbook

ROWS_READ_AT_ONCE = 2_000  # rows


def result(request, pk: int):
    """Step 6."""
    run = run_of(request, pk)
    if run.is_busy:
        return page(request, "progress", run, step="result", seconds=SEEN_AGAIN_AFTER)
    if run.is_interrupted:
        return page(request, "interrupted", run, step="result")
    if step_of(run) != "result":
        return redirect(address(step_of(run), run))
    kept = [
        one | {"at": parse_datetime(one["at"]) if one.get("at") else None}
        for one in run.undone.get("kept", [])
    ]
    return page(
        request,
        "result",
        run,
        step="result",
        list_url=importer_for(run.noun).list_url(),
        kept=kept,
        counts=[(label, run.counts.get(name, 0), name) for name, label in TABS.items()],
        accounts=accounts(run.counts, read=run.total),
        can_undo=run.state == RunState.DONE and run.act_id is not None,
    )


def undo(request, pk: int):
    """Says what taking the import back would do, and does it."""
    run = run_of(request, pk)
    if run.act_id is None or not (
        run.state == RunState.DONE or (run.state == RunState.UNDOING and run.is_interrupted)
    ):
        return redirect(address(step_of(run), run))
    if request.method == "POST":
        tasks.start(run, "undo", by=request.user)
        return redirect(address("result", run))
    return page(request, "undo", run, step="result", prospect=what_undo_would_do(run))


def report(request, pk: int, ending: str):
    """Every row with its outcome: csv for Excel, or xlsx."""
    run = run_of(request, pk)
    if not run.counts or run.is_busy:
        raise Http404
    name = f"import-{run.pk}.{ending}"
    if ending == "csv":
        response = StreamingHttpResponse(_csv_lines(run), content_type="text/csv; charset=utf-8")
    else:
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        lines = _report_rows(run)
        response = FileResponse(workbook(_("Report"), next(lines), _shortened(lines)), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _csv_lines(run: ImportRun) -> Iterator[str]:
    yield "\ufeff"  # so that Excel takes it for UTF-8
    yield from csv_lines(_report_rows(run))


def _shortened(lines: Iterator[list]) -> Iterator[list]:
    """The lines with their texts as long as a workbook's cell can hold: a report, nothing to be read again."""
    return (
        [cell[:XLSX_MAX_CELL_CHARACTERS] if isinstance(cell, str) else cell for cell in line]
        for line in lines
    )


def _report_rows(run: ImportRun) -> Iterator[list]:
    yield [_("Row"), _("Outcome"), _("Title"), _("Field"), _("Before"), _("After"), _("Reason")]
    tables = importer_for(run.noun)
    for row in run.rows.order_by("number").iterator(chunk_size=ROWS_READ_AT_ONCE):
        head = [row.number, str(TABS.get(row.outcome, row.outcome)), row.title]
        lines = [
            [tables.label(column), before, after, _("is taken away") if before and not after else ""]
            for column, before, after in row.changes
        ]
        lines += [
            [tables.label(column) if column else "", value, "", why] for column, value, why in row.problems
        ]
        lines += [
            [tables.label(column), before, after, _("normalised")] for column, before, after in row.normalised
        ]
        lines += [["", title, "", f"{why}, {similarity} %"] for _pk, title, why, similarity in row.candidates]
        for line in lines or [["", "", "", ""]]:
            yield [*head, *line]
