"""A person's data as a file: to be read, or for programs."""

import json

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clusterportal.history.person_data import PersonData


def file_of(data: PersonData, *, format: str) -> HttpResponse:
    """`json`, or else a document in the language at hand, without styles; the file's name names nobody."""
    if format == "json":
        text, kind = json.dumps(data, ensure_ascii=False, indent=2), "application/json"
    else:
        context = {"data": data, "language": get_language()}
        text, kind, format = render_to_string("history/person_data.html", context), "text/html", "html"
    said = _("your-data")
    name = f"{said}-{timezone.localdate().isoformat()}.{format}"
    return HttpResponse(
        text,
        content_type=f"{kind}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )
