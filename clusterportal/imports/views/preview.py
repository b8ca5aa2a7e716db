"""The preview: what would become of each row, what is to be decided, and the word that writes it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from clusterportal.imports import tasks
from clusterportal.imports.domain.nouns import importer_for
from clusterportal.imports.enums import RunState
from clusterportal.imports.forms import BulkDecisionForm, ConfirmForm, DecisionsForm
from clusterportal.imports.models import ImportRow, ImportRun
from clusterportal.imports.views.pages import SEEN_AGAIN_AFTER, address, page, run_of, step_of
from clusterportal.intake.plan import Outcome
from clusterportal.intake.report import accounts

PER_PAGE = 25
REMARKED = "remarked"  # taken, and yet there is a word to be said about them
NORMALISED, LOSSES = "normalised", "losses"  # marks of rows beside their outcome
TABS = {
    Outcome.NEW.value: _("New"),
    Outcome.CHANGED.value: _("Changed"),
    Outcome.UNCHANGED.value: _("Unchanged"),
    Outcome.POSSIBLE.value: _("Possible duplicate"),
    Outcome.INVALID.value: _("Invalid"),
    Outcome.SKIPPED.value: _("Skipped"),
    Outcome.NOT_A_ROW.value: _("Passed over"),
    LOSSES: _("Takes away"),
    NORMALISED: _("Normalised"),
}
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


@dataclass(frozen=True)
class ShownRow:
    """A row of the preview with everything in words."""

    row: object
    outcome: str
    changes: list[tuple[str, str, str]]
    problems: list[tuple[str, str, str]]
    normalised: list[tuple[str, str, str]]
    url: str
    decision: object  # bound field, None where nothing is to be decided
    candidates: list[tuple[str, str, str, int]]  # address, name, why, and how like in per cent


def preview(request, pk: int):
    """Step 4."""
    run = run_of(request, pk)
    if run.is_busy:
        return page(request, "progress", run, step="preview", seconds=SEEN_AGAIN_AFTER)
    if run.is_interrupted:
        return page(request, "interrupted", run, step="preview")
    if run.state != RunState.CHECKED:
        return redirect(address(step_of(run), run))
    return _preview(request, run, ConfirmForm(invalid=run.counts.get("invalid", 0)))


def _preview(request, run: ImportRun, form: ConfirmForm):
    tab = request.GET.get("show", "")
    remarked = run.rows.filter(outcome__in=_TAKEN).exclude(problems=[])
    counts = run.counts | {REMARKED: remarked.count()}
    tabs = TABS | ({REMARKED: _("To be looked at")} if counts[REMARKED] else {})
    if tab not in tabs:
        tab = next((name for name in _FIRST_LOOK if run.counts.get(name)), Outcome.NEW.value)
    marks = {NORMALISED: {"is_normalised": True}, LOSSES: {"is_loss": True}}
    rows = remarked if tab == REMARKED else run.rows.filter(**marks.get(tab, {"outcome": tab}))
    paginator = Paginator(rows.order_by("number"), PER_PAGE)
    paginator.count = counts.get(tab, 0)
    at = paginator.get_page(request.GET.get("page"))
    decisions = DecisionsForm(rows=at.object_list)
    to_write = run.counts.get("new", 0) + run.counts.get("changed", 0)
    return page(
        request,
        "preview",
        run,
        step="preview",
        tab=tab,
        at=at,
        rows=shown_rows(run, at.object_list, decisions),
        tabs=[(name, label, counts.get(name, 0), urlencode({"show": name})) for name, label in tabs.items()],
        form=form,
        bulk=BulkDecisionForm(),
        decisions=decisions,
        to_write=to_write,
        undecided=run.counts.get(Outcome.POSSIBLE.value, 0),
        losses=run.counts.get(LOSSES, 0),
        accounts=accounts(run.counts, read=run.total),
    )


def shown_rows(run: ImportRun, rows, decisions: DecisionsForm | None = None) -> list[ShownRow]:
    tables = importer_for(run.noun)

    def labelled(some) -> list[tuple[str, str, str]]:
        return [(tables.label(column) if column else "", first, second) for column, first, second in some]

    return [
        ShownRow(
            row,
            str(TABS.get(row.outcome, row.outcome)),
            labelled(row.changes),
            _unrepeated(labelled(row.problems)),
            labelled(row.normalised),
            tables.record_url(row.record) if row.record else "",
            decisions[f"d{row.number}"] if decisions and f"d{row.number}" in decisions.fields else None,
            [(tables.record_url(key), *rest) for key, *rest in row.candidates],
        )
        for row in rows
    ]


def _unrepeated(problems: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """A reason often names the value that it is about; once is enough."""
    return [(label, "" if value in reason else value, reason) for label, value, reason in problems]


@require_POST
def decide(request, pk: int):
    """Keeps decisions about possible matches and checks again with them: of one page, or of all at once."""
    run = run_of(request, pk, own=True)
    if run.state != RunState.CHECKED:
        return redirect(address(step_of(run), run))
    if "all" in request.POST:
        for_all = BulkDecisionForm(request.POST)
        if for_all.is_valid():
            _decide_all(run, for_all.cleaned_data["decision"])
    else:
        numbers = [int(name[1:]) for name in request.POST if name[:1] == "d" and name[1:].isdigit()]
        form = DecisionsForm(request.POST, rows=list(run.rows.filter(number__in=numbers[: PER_PAGE * 2])))
        if not form.is_valid():
            raise Http404  # a choice that no page offered
        for number, decision in form.decisions().items():
            run.rows.filter(number=number).update(decision=decision)
    tasks.start(run, "check", by=request.user)
    return redirect(f"{address('preview', run)}?{urlencode({'show': request.POST.get('show', 'possible')})}")


def _decide_all(run: ImportRun, decision: str) -> None:
    undecided = run.rows.exclude(candidates=[])
    if decision != "first":
        undecided.update(decision=decision)
        return
    rows = list(undecided.only("pk", "candidates"))
    for row in rows:
        row.decision = str(row.candidates[0][0])
    ImportRow.objects.bulk_update(rows, ["decision"], batch_size=500)


@require_POST
def confirm(request, pk: int):
    """Step 5: writes what the preview shows."""
    run = run_of(request, pk, own=True)
    if run.state != RunState.CHECKED:
        return redirect(address(step_of(run), run))
    form = ConfirmForm(request.POST, invalid=run.counts.get("invalid", 0))
    if not form.is_valid():
        return _preview(request, run, form)
    run.options["without_invalid"] = bool(form.cleaned_data.get("without_invalid"))
    run.save(update_fields=["options"])
    tasks.start(run, "write", by=request.user)
    return redirect(address(step_of(run), run))


@require_POST
def again(request, pk: int):
    """Checks once more: after an interruption, or because time has passed."""
    run = run_of(request, pk, own=True)
    if run.is_interrupted or run.state in (RunState.CHECKED, RunState.FAILED):
        tasks.start(run, "check", by=request.user)
    return redirect(address(step_of(run), run))
