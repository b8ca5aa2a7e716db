"""The record of processing for administrators: as a page of the admin, and as a table to take away."""

from itertools import groupby

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponseBadRequest, StreamingHttpResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from actors.domain.consents import step_of, steps
from actors.models import Actor
from clusterportal.core.admin_page import admin_page
from clusterportal.history.processing import ProcessedColumn, activities, record_of_processing, terms
from clusterportal.operation.admin import for_administrators
from clusterportal.tables.writer import FORMATS, Table, pieces

CONSENTS_A_PAGE = 100
_FORMATS = ("csv", "xlsx")
_LANGUAGES = ("de", "en")  # of the table, whatever the admin speaks


@require_safe
def show_record(request):
    """Activities with what they keep, then how long what is kept, and what the portal does about it by itself."""
    lines = list(record_of_processing())
    context = {
        "title": _("Record of processing"),
        "activities": [
            {"activity": one, "kept": _by_place([line for line in lines if line.activity is one])}
            for one in activities()
        ],
        "terms": terms(),
        "languages": [(code, name) for code, name in settings.LANGUAGES if code in _LANGUAGES],
    }
    return admin_page(request, "operation/record_of_processing.html", context)


@require_safe
def download_record(request, format: str):
    """One line a column, as article 30(1) asks, in the language that the address names."""
    if format not in _FORMATS:
        return HttpResponseBadRequest(_("This format is not known."))
    language = request.GET.get("lang", get_language())
    if language not in _LANGUAGES:
        return HttpResponseBadRequest(_("This language is not known."))
    with override(language):
        table = table_of_record()
        file = pieces(format, table, with_bom=True)
    name = f"record-of-processing-{timezone.localdate().isoformat()}-{language}.{format}"
    return StreamingHttpResponse(
        file,
        content_type=FORMATS[format].media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )


def table_of_record() -> Table:
    """The record in the language at hand, with its head; a workbook fixes and repeats it."""
    columns = [_("Activity"), _("Purpose"), _("Legal basis"), _("People"), _("Recipients")]
    columns += [_("Records"), _("Data"), _("In passing"), _("Kept"), _("Erased by")]
    columns += [_("With earlier versions"), _("Column of the database")]
    rows = [_row(line) for line in record_of_processing()]
    return Table(
        _("Record of processing"),
        columns,
        rows=lambda: iter(rows),
        records=lambda: (dict(zip(columns, row, strict=True)) for row in rows),
    )


def _row(line: ProcessedColumn) -> list[str]:
    activity = line.activity
    return [
        str(activity.name),
        str(activity.purpose),
        "; ".join(str(basis.label) for basis in activity.bases),
        str(activity.people),
        str(activity.recipients),
        line.place,
        line.column,
        _("yes") if line.may_name else _("no"),
        str(line.term),
        line.term.job or _("nobody by itself"),
        _("yes") if line.versions else _("no"),
        line.technical,
    ]


def _by_place(lines: list[ProcessedColumn]) -> list[dict]:
    """Lines about the same records with the same term, as one row of the page."""
    ordered = sorted(lines, key=lambda one: (one.place, str(one.term), one.may_name))
    return [
        {"place": place, "term": term, "may_name": may_name, "columns": columns, "versions": versions}
        for (place, term, may_name), found in groupby(
            ordered, key=lambda one: (one.place, str(one.term), one.may_name)
        )
        for same in [list(found)]
        for columns, versions in [
            ([*dict.fromkeys(one.column for one in same)], any(one.versions for one in same))
        ]
    ]


@require_safe
def show_consents(request):
    """To what contact persons agreed, who noted it when and by which wording, and what was withdrawn."""
    request.page_above = {"title": _("Record of processing"), "link": reverse("privacy:record")}
    page = Paginator(steps(), CONSENTS_A_PAGE).get_page(request.GET.get("p"))
    found = [step_of(version) for version in page.object_list]
    actors = Actor.objects.in_bulk({one.actor_id for one in found})
    context = {
        "title": _("Consents of contact persons"),
        "page": page,
        "steps": [{"step": one, "actor": actors.get(one.actor_id)} for one in found],
    }
    return admin_page(request, "operation/consents.html", context)


app_name = "privacy"
urlpatterns = [
    path("consents/", for_administrators(show_consents), name="consents"),
    path("", for_administrators(show_record), name="record"),
    path("record.<str:format>", for_administrators(download_record), name="download"),
]
