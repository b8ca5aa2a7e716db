"""The preview: what would become of each row."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db import connection
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from clusterportal.imports import tasks
from clusterportal.imports.domain.choices import KEEPS
from clusterportal.imports.domain.nouns import importer_for
from clusterportal.imports.enums import RunState
from clusterportal.imports.forms import BulkDecisionForm, ConfirmForm
from clusterportal.imports.models import ImportRow, ImportRun
from clusterportal.imports.rows_form import RowsForm
from clusterportal.imports.views.pages import SEEN_AGAIN_AFTER, address, page, run_of, step_of
from clusterportal.imports.views.shown_rows import LOSSES, NORMALISED, REMARKED, TABS, shown_rows
from clusterportal.intake.plan import Outcome
from clusterportal.intake.report import accounts

PER_PAGE = 25
_TAKEN = (Outcome.NEW.value, Outcome.CHANGED.value, Outcome.POSSIBLE.value)
_FIRST_LOOK = (
    "invalid",
    "possible",
    "changed",
    "new",
    "unchanged",
    "skipped",
    "passed",
)  # where there is something to see


def preview(request, pk: int):
    """Step 4."""
    run = run_of(request, pk)
    if run.is_busy:
        return page(request, "progress", run, step="preview", seconds=SEEN_AGAIN_AFTER)
    if run.is_interrupted:
        return page(request, "interrupted", run, step="preview")
    if run.state != RunState.CHECKED:
        return redirect(address(step_of(run), run))
    return show_preview(request, run, ConfirmForm(invalid=run.counts.get("invalid", 0)))


def show_preview(request, run: ImportRun, form: ConfirmForm):
    """The page of the preview; `form`: the word that writes it, with what is wrong about it."""
    asked = request.POST if request.method == "POST" else request.GET
    tab = asked.get("show", "")
    remarked = run.rows.taken().filter(outcome__in=_TAKEN).exclude(problems=[])
    counts = run.counts | {REMARKED: remarked.count()}
    tabs = TABS | ({REMARKED: _("To be looked at")} if counts[REMARKED] else {})
    if tab not in tabs:
        tab = next((name for name in _FIRST_LOOK if run.counts.get(name)), Outcome.NEW.value)
    marked = {
        REMARKED: remarked,
        NORMALISED: run.rows.taken().filter(is_normalised=True),
        LOSSES: run.rows.taken().filter(is_loss=True),
    }
    rows = marked[tab] if tab in marked else run.rows.of_outcome(tab)
    at = Paginator(rows.order_by("number"), PER_PAGE).get_page(asked.get("page"))
    said = RowsForm(rows=at.object_list, everywhere=run.options.get(KEEPS, []))
    return page(
        request,
        "preview",
        run,
        step="preview",
        tab=tab,
        at=at,
        rows=shown_rows(run, said),
        tabs=[(name, label, counts.get(name, 0), urlencode({"show": name})) for name, label in tabs.items()],
        form=form,
        bulk=BulkDecisionForm(),
        has_choices=bool(said.fields),
        has_ticks=any(name.startswith("t") for name in said.fields),
        columns=_columns(run) if tab == Outcome.CHANGED else [],
        to_write=run.counts.get("new", 0) + run.counts.get("changed", 0),
        undecided=run.counts.get(Outcome.POSSIBLE.value, 0),
        losses=run.counts.get(LOSSES, 0),
        accounts=accounts(run.counts, read=run.total),
    )


def _columns(run: ImportRun) -> list[tuple[str, str, int, bool]]:
    """What rows change: column, label, how many rows, and whether it is taken."""
    table = connection.ops.quote_name(ImportRow._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT change ->> 0, count(DISTINCT id) FROM {table}, jsonb_array_elements(changes) AS change "
            "WHERE run_id = %s AND outcome = %s GROUP BY 1",
            [run.pk, Outcome.CHANGED.value],
        )
        found = cursor.fetchall()
    label, keeps = importer_for(run.noun).label, run.options.get(KEEPS, [])
    shown = [(column, str(label(column)), count, column not in keeps) for column, count in found]
    return sorted(shown, key=lambda one: (-one[2], one[1]))


@require_POST
def again(request, pk: int):
    """Checks once more: after an interruption, or because time has passed."""
    run = run_of(request, pk, own=True)
    if run.is_interrupted or run.state in (RunState.CHECKED, RunState.FAILED):
        tasks.start(run, "check", by=request.user)
    return redirect(address(step_of(run), run))
