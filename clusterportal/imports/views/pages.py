"""What all steps share: the run of the address, the frame of the admin, where the run stands."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from clusterportal.core.admin_page import admin_page
from clusterportal.imports.domain.nouns import OPEN_DATA
from clusterportal.imports.enums import OPEN, ImportNoun, RunState
from clusterportal.imports.models import ImportRun
from clusterportal.imports.rules import nouns_of

SEEN_AGAIN_AFTER = 2  # seconds until a page with a busy job is loaded again


def address(step: str, run: ImportRun) -> str:
    return reverse(f"admin:imports_importrun_{step}", args=[run.pk])


def run_of(request, pk: int, *, own: bool = False) -> ImportRun:
    """The run, when the person may see it: 404 otherwise. `own`: only those who began it go on with it."""
    if not nouns_of(request.user):
        raise PermissionDenied
    run = ImportRun.objects.visible_to(request.user).filter(pk=pk).select_related("by").first()
    if run is None or (own and run.by_id != request.user.pk):
        raise Http404
    return run


def step_of(run: ImportRun) -> str:
    """The page on which the run goes on."""
    if run.state in (RunState.DONE, RunState.UNDONE, RunState.UNDOING):
        return "result"
    if run.state in (RunState.CHECKED, RunState.CHECKING, RunState.WRITING):
        return "preview"
    return "read"


def elsewhere(run: ImportRun) -> HttpResponse | None:
    """Where to go when the reading and mapping of the run cannot be changed any more."""
    return None if run.state in OPEN or run.is_interrupted else redirect(address(step_of(run), run))


def has_values(run: ImportRun | None) -> bool:
    """Whether values of the table can stand for something else; open data and plain lists say what they mean."""
    return run is None or (run.noun == ImportNoun.ACTORS and run.options.get("profile") not in OPEN_DATA)


def page(request, template: str, run: ImportRun | None = None, **context) -> TemplateResponse:
    """A page of the steps in the frame of the admin."""
    steps = [
        ("upload", _("File")),
        ("read", _("Reading")),
        ("columns", _("Columns")),
        *([("values", _("Values"))] if has_values(run) else []),
        ("preview", _("Preview")),
        ("result", _("Result")),
    ]
    at = context.pop("step")
    position = [name for name, _label in steps].index(at)
    context = {
        "title": _("Import"),
        "run": run,
        "steps": [
            {"label": label, "is_now": name == at, "url": _back_to(name, run) if number < position else ""}
            for number, (name, label) in enumerate(steps)
        ],
        "is_own": run is not None and run.by_id == request.user.pk,
        **context,
    }
    return admin_page(request, f"admin/imports/{template}.html", context)


def _back_to(step: str, run: ImportRun | None) -> str:
    if run is None or run.state not in OPEN or step == "upload":
        return ""
    return address(step, run)
