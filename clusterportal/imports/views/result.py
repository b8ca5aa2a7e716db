"""The result: what was written, where it goes on from there, and taking it back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clusterportal.imports import tasks
from clusterportal.imports.domain.import_writing import what_undo_would_do
from clusterportal.imports.domain.nouns import importer_for
from clusterportal.imports.domain.starting_over import start_over
from clusterportal.imports.enums import ImportNoun, RunState
from clusterportal.imports.models import ImportRun
from clusterportal.imports.views.pages import SEEN_AGAIN_AFTER, address, page, run_of, step_of
from clusterportal.imports.views.shown_rows import TABS
from clusterportal.intake.report import accounts


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
        ways=_ways(run),
        kept=kept,
        counts=[(label, run.counts.get(name, 0), name) for name, label in TABS.items()],
        accounts=accounts(run.counts, read=run.total),
        can_undo=run.state == RunState.DONE and run.act_id is not None,
        can_start_over=run.state == RunState.UNDONE and run.has_file and run.by_id == request.user.pk,
    )


def _ways(run: ImportRun) -> dict[str, str]:
    """Where one goes on with the actors of this import alone; nothing for other lists, or when nothing was written."""
    if run.noun != ImportNoun.ACTORS or run.state != RunState.DONE or run.act_id is None:
        return {}
    query = f"?import={run.pk}"
    return {
        "list": importer_for(run.noun).list_url() + query,
        "placing": f"{reverse('admin:index')}actors/placing/{query}",
        "duplicates": address("duplicates", run),
    }


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


@require_POST
def over(request, pk: int):
    """From an import that was taken back to its columns again, as a new import."""
    run = run_of(request, pk, own=True)
    try:
        new = start_over(run, by=request.user)
    except PermissionDenied as error:
        raise Http404 from error
    except FileNotFoundError:
        messages.error(request, _("The file is no longer kept. Please upload it again."))
        return redirect(address("result", run))
    return redirect(address("columns", new))
