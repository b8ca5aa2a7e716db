"""The first steps: a file, and how it is read."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect

from clusterportal.imports.domain.uploading import (
    cells_of,
    correct_reading,
    examined,
    read_options_of,
    receive,
    samples_of,
)
from clusterportal.imports.forms import ReadingForm, UploadForm
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
        return {"samples": list(samples_of(cells_of(run, look)).items())}
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
