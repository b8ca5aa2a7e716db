"""The first steps: a file, how it is read, what its columns mean."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from clusterportal.imports import tasks
from clusterportal.imports.domain.nouns import OPEN_DATA, ActorImporter
from clusterportal.imports.domain.saved import READING, save_profile
from clusterportal.imports.domain.uploading import (
    correct_reading,
    examined,
    map_columns,
    read_options_of,
    receive,
    samples_of,
    table_of,
)
from clusterportal.imports.forms import ReadingForm, SaveProfileForm, UploadForm, profile_choices
from clusterportal.imports.mapping_form import MappingForm
from clusterportal.imports.models import ImportProfile
from clusterportal.imports.rules import nouns_of
from clusterportal.imports.views.pages import address, elsewhere, page, run_of
from clusterportal.tables.formats import UnreadableTable
from clusterportal.tables.inspection import OBJECTS
from clusterportal.tables.reader import NO_HEADER, Examined

ROWS_SHOWN = 8  # rows of the file under its header
MAX_COLUMNS_SHOWN = 40  # columns of the file that the page of reading shows


def upload(request):
    """Step 1. `noun` in the address chooses the list."""
    if not nouns_of(request.user):
        raise PermissionDenied
    form = UploadForm(
        request.POST or None,
        request.FILES or None,
        user=request.user,
        initial={"noun": request.GET.get("noun")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            run = receive(
                form.cleaned_data["file"],
                noun=form.cleaned_data["noun"],
                by=request.user,
                encoding=form.cleaned_data["encoding"],
            )
        except UnreadableTable as error:
            form.add_error("file", str(error))
        else:
            return redirect(address("read", run))
    return page(request, "upload", step="upload", form=form)


def read(request, pk: int):
    """Step 2: how the file is read; every part of it can be corrected and looked at again."""
    run = run_of(request, pk, own=True)
    if away := elsewhere(run):
        return away
    look, error = _examined(run)
    form = ReadingForm(request.POST or None, reading=look.options, sheets=look.sheets)
    if request.method == "POST" and form.is_valid():
        try:
            correct_reading(run, given=form.given())
        except UnreadableTable as problem:
            error = str(problem)
        else:
            return redirect(address("columns" if "next" in request.POST else "read", run))
    return page(request, "read", run, step="read", form=form, error=error, **_first_rows(run, look))


def _examined(run) -> tuple[Examined, str]:
    """The file at a look, and what stands in the way of it."""
    try:
        return examined(run), ""
    except UnreadableTable as problem:
        return Examined(read_options_of(run), [], [], []), str(problem)


def _first_rows(run, look: Examined) -> dict:
    if look.options.format in OBJECTS:
        return {"samples": list(samples_of(run, look).items())}
    if not look.first:
        return {}
    first, last = look.options.header or NO_HEADER
    rows = look.first[: max(last, 1) + ROWS_SHOWN]
    width = min(max(map(len, rows)), MAX_COLUMNS_SHOWN)
    return {
        "rows": [
            (number, first <= number <= last, [*row[:width], *[""] * (width - len(row))])
            for number, row in enumerate(rows, start=1)
        ],
        "is_cut": max(map(len, rows)) > MAX_COLUMNS_SHOWN,
    }


def columns(request, pk: int):
    """Step 3: what each column means. A saved mapping or a known kind of file can be taken over."""
    run = run_of(request, pk, own=True)
    if away := elsewhere(run):
        return away
    if "take" in request.POST:
        _apply_profile(run, request.POST.get("profile", ""))
        return redirect(address("columns", run))
    look, error = _examined(run)
    if error:
        return redirect(address("read", run))
    form = MappingForm(request.POST or None, run=run, titles=look.titles, user=request.user)
    keeping = SaveProfileForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and keeping.is_valid():
        map_columns(run, options=form.options())
        if _save_profile(request, run, keeping) and _is_complete(run, form):
            return redirect(address("preview", run))
    samples = samples_of(run, look)
    is_open_data = run.options.get("profile") in OPEN_DATA
    return page(
        request,
        "columns",
        run,
        step="columns",
        form=form,
        keeping=keeping,
        columns=[
            (form[name], title, samples.get(title, []), form[manner] if manner else None)
            for name, title, manner in form.columns_with_merge_mode()
        ],
        constants=[form[f"k_{name}"] for name in form.tables.constants if f"k_{name}" in form.fields],
        place=[form[name] for name in ("cluster", "new_state", "known_only") if name in form.fields],
        profiles=profile_choices(run),
        profile=run.options.get("profile", ""),
        known=_known(run, look) if is_open_data else [],
        is_open_data=is_open_data,
    )


def _apply_profile(run, choice: str) -> None:
    name = choice.removeprefix("saved:")
    if name != choice and (
        saved := ImportProfile.objects.visible_to(run.by).filter(noun=run.noun, name=name).first()
    ):
        is_same_format = saved.options.get("format") == run.options.get("format")
        reading = {key: saved.options[key] for key in READING if is_same_format and saved.options.get(key)}
        mapped = {key: saved.options.get(key, {}) for key in ("mapping", "constants")}
        mapped["replaces"] = saved.options.get("replaces", [])
        place = {key: saved.options.get(key, "") for key in ("cluster", "state")}
        map_columns(run, options={**reading, **mapped, **place, "profile": choice})
    elif choice in OPEN_DATA or not choice:
        map_columns(run, options={"profile": choice})


def _known(run, look: Examined) -> list[tuple[str, str]]:
    """The headings that a known kind of file has, and what they are."""
    rules = ActorImporter.profile(run.options)
    return [(title, rules.column_of(title) or "") for title in look.titles if title]


def _save_profile(request, run, form: SaveProfileForm) -> bool:
    name = form.cleaned_data["profile_name"].strip()
    if not name:
        return True
    kept = (*READING, "format", "mapping", "constants", "replaces", "cluster", "state")
    try:
        save_profile(
            name=name,
            noun=run.noun,
            by=request.user,
            options={key: run.options[key] for key in kept if key in run.options},
        )
    except PermissionDenied as error:
        form.add_error("profile_name", str(error))
        return False
    return True


def _is_complete(run, form: MappingForm) -> bool:
    """Whether the check could begin; what stands in the way is said on the page."""
    if run.options.get("profile") in OPEN_DATA:
        rules = ActorImporter.profile(run.options)
        if missing := rules.missing(table_of(run, is_brief=True).columns):
            text = _("The file lacks columns that this kind of table has: %(columns)s.")
            form.add_error(None, text % {"columns": "; ".join(missing)})
            return False
    try:
        tasks.start(run, "check", by=run.by)
    except UnreadableTable as error:
        form.add_error(None, str(error))
        return False
    return True
