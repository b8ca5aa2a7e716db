"""What people say in the preview: decisions, ticks of rows and fields, repaired cells."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clusterportal.core.sent_numbers import sent_numbers
from clusterportal.imports import tasks
from clusterportal.imports.cells_form import CellsForm
from clusterportal.imports.domain.choices import KEEPS
from clusterportal.imports.domain.deciding import Said, keep_everywhere, say
from clusterportal.imports.domain.repairs import can_be_repaired, in_text, original_rows, repairs_of
from clusterportal.imports.domain.replanning import replan
from clusterportal.imports.domain.uploading import column_finder
from clusterportal.imports.enums import RunState
from clusterportal.imports.forms import BulkDecisionForm, ConfirmForm
from clusterportal.imports.models import ImportRow, ImportRun
from clusterportal.imports.rows_form import RowsForm
from clusterportal.imports.views.pages import address, page, run_of, step_of
from clusterportal.imports.views.preview import PER_PAGE, show_preview
from clusterportal.imports.views.shown_rows import outcome_in_words, shown_rows
from clusterportal.intake.plan import LEFT_OUT
from clusterportal.tables.formats import UnreadableTable

MOST_NUMBERS = PER_PAGE * 2  # rows that one page can speak of


@require_POST
def decide(request, pk: int):
    """Keeps what was said about the rows of one page, about all possible matches, or about a field of all rows."""
    run = run_of(request, pk, own=True)
    if run.state != RunState.CHECKED:
        return redirect(address(step_of(run), run))
    if "all" in request.POST:
        for_all = BulkDecisionForm(request.POST)
        if for_all.is_valid():
            _decide_all(run, for_all.cleaned_data["decision"])
            tasks.start(run, "check", by=request.user)
    elif "everywhere" in request.POST:
        keep_everywhere(
            run, shown=request.POST.getlist("shown"), taken=request.POST.getlist("taken"), by=request.user
        )
    else:
        _say_of_page(request, run)
    return _to_preview(request, run, page=request.POST.get("go") or request.POST.get("page", "1"))


@require_POST
def confirm(request, pk: int):
    """Step 5: writes what the preview shows, with what is said on the page that is sent.

    Where that has rows planned again, people look at them first.
    """
    run = run_of(request, pk, own=True)
    if run.state != RunState.CHECKED:
        return redirect(address(step_of(run), run))
    if _say_of_page(request, run):
        messages.info(request, _("Your choices are kept. Please look at the preview once more, then import."))
        return _to_preview(request, run, page=request.POST.get("page", "1"))
    form = ConfirmForm(request.POST, invalid=run.counts.get("invalid", 0))
    if not form.is_valid():
        return show_preview(request, run, form)
    run.options["without_invalid"] = bool(form.cleaned_data.get("without_invalid"))
    run.save(update_fields=["options"])
    tasks.start(run, "write", by=request.user)
    return redirect(address(step_of(run), run))


def _to_preview(request, run: ImportRun, *, page: str):
    at = {"show": request.POST.get("show", "possible"), "page": page}
    return redirect(f"{address('preview', run)}?{urlencode(at)}")


def _say_of_page(request, run: ImportRun) -> set[int]:
    """Keeps what the page says of its rows; returns those that were planned again."""
    numbers = sent_numbers(request.POST.getlist("rows"))[:MOST_NUMBERS]
    everywhere = run.options.get(KEEPS, [])
    form = RowsForm(request.POST, rows=run.rows.filter(number__in=numbers), everywhere=everywhere)
    if not form.is_valid():
        raise Http404  # a choice that no page offered
    marked = {"all": "", "none": LEFT_OUT}.get(request.POST.get("mark", ""))
    decisions = {row.number: form.decision(row) for row in form.rows}
    if marked is not None:
        decisions |= {row.number: marked for row in form.rows if f"t{row.number}" in form.fields}
    kept = {row.number: form.kept(row) for row in form.rows}
    repairs = {row.number: texts for row in form.rows if (texts := form.repaired(row))}
    return _keep(request, run, Said(decisions, kept, repairs))


def _keep(request, run: ImportRun, said: Said) -> set[int]:
    """Keeps it, plans again what has to be, and says what became of repaired rows."""
    try:
        again = say(run, said, by=request.user)
        if again and not replan(run, again):
            tasks.start(run, "check", by=request.user)
    except UnreadableTable as error:
        messages.error(request, str(error))
        return {*said.repairs}
    repaired = again & said.repairs.keys()
    if run.state == RunState.CHECKED:
        for row in run.rows.filter(number__in=repaired):
            text = _("Row %(row)s is repaired: %(outcome)s.")
            messages.success(request, text % {"row": row.number, "outcome": outcome_in_words(row)})
    return again


def _decide_all(run: ImportRun, decision: str) -> None:
    undecided = run.rows.exclude(candidates=[])
    if decision != "first":
        undecided.update(decision=decision)
        return
    rows = list(undecided.only("pk", "candidates"))
    for row in rows:
        row.decision = str(row.candidates[0][0])
    ImportRow.objects.bulk_update(rows, ["decision"], batch_size=500)


def row(request, pk: int, number: int):
    """One row with all its cells, each of them to be repaired."""
    run = run_of(request, pk, own=True)
    if run.state != RunState.CHECKED:
        return redirect(address(step_of(run), run))
    stored = run.rows.filter(number=number).first()
    try:
        found = dict(original_rows(run, [number]))
    except UnreadableTable as error:
        messages.error(request, str(error))
        return redirect(address("preview", run))
    if stored is None or number not in found:
        raise Http404
    column_of, repairs = column_finder(run), repairs_of(run).get(number, {})
    cells = [
        (heading, in_text(cell), repairs.get(heading))
        for heading, cell in found[number].items()
        if column_of(heading) and can_be_repaired(cell)
    ]
    form = CellsForm(request.POST or None, cells=cells)
    if request.method == "POST" and form.is_valid():
        _keep(request, run, Said(repairs={number: form.texts()}))
        show = run.rows.filter(number=number).values_list("outcome", flat=True).first()
        return redirect(f"{address('preview', run)}?{urlencode({'show': show or ''})}")
    shown = shown_rows(run, RowsForm(rows=[stored], everywhere=run.options.get(KEEPS, [])))[0]
    return page(request, "row", run, step="preview", form=form, shown=shown)
