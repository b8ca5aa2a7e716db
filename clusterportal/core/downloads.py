"""Files that people handed in, given out: always saved, never opened as a page of the portal."""

from typing import Any

from django.http import FileResponse, Http404
from django.utils.translation import gettext as _


def as_download(record: Any) -> FileResponse:
    """The `file` of a record under its `name` and `media_type`; the caller has checked who may. Raises Http404."""
    try:
        file = record.file.open("rb")
    except (FileNotFoundError, ValueError):  # on the disk, in the record
        raise Http404(_("The file is no longer there.")) from None
    answer = FileResponse(file, as_attachment=True, filename=record.name, content_type=record.media_type)
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
