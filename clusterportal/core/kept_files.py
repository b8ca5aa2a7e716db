"""Files that people hand in: what is kept is told by its content, whatever it is called."""

import re
import zipfile
from contextlib import suppress
from pathlib import PurePosixPath
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from clusterportal.core.scanning import NotClean, check_clean

MAX_BYTES = 20 * 1024 * 1024
_SIGNATURES = {
    b"%PDF-": ("application/pdf", ".pdf"),
    b"\x89PNG\r\n\x1a\n": ("image/png", ".png"),
    b"\xff\xd8\xff": ("image/jpeg", ".jpg"),
}
_OUTLOOK = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # of old office files, too: their macros nobody can see from outside
)
_OFFICE = {  # by the part that tells them apart; all share the beginning of their media type
    "word/document.xml": ("wordprocessingml.document", ".docx"),
    "xl/workbook.xml": ("spreadsheetml.sheet", ".xlsx"),
    "ppt/presentation.xml": ("presentationml.presentation", ".pptx"),
}
_OPEN_DOCUMENT = {
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "application/vnd.oasis.opendocument.presentation": ".odp",
}
_TEXTS = {
    ".txt": "text/plain",
    ".md": "text/plain",
    ".csv": "text/csv",
    ".eml": "message/rfc822",
    ".ics": "text/calendar",
    ".vcf": "text/vcard",
}
_PROGRAMS = ("vbaproject.bin", "basic/", "scripts/")  # parts of an office file that run
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


class BadFile(Exception):
    """The file is not kept; the message says why."""


def checked(file: UploadedFile) -> tuple[str, str, str]:
    """Name, media type and ending under which a file is kept. Raises BadFile: too large, of another kind, harmful."""
    given = file.name or ""
    if (file.size or 0) > MAX_BYTES:
        raise BadFile(_("“%(name)s” is larger than 20 MB.") % {"name": given})
    media_type, ending = kind_of(file)
    try:
        check_clean(file)
    except NotClean as error:
        raise BadFile(str(error)) from error
    stem = PurePosixPath(given.replace("\\", "/")).stem
    return f"{_printable(stem)[: 190 - len(ending)] or _('file')}{ending}", media_type, ending


def take_in(record: Any, upload: UploadedFile) -> None:
    """Let the unsaved `record` hold `upload`, with its `name`, `media_type` and `size`. Raises BadFile."""
    record.name, record.media_type, ending = checked(upload)
    record.size = upload.size or 0
    upload.name = f"{uuid4().hex}{ending}"  # a name that nobody can guess, and that holds no person's
    record.file = upload


def kind_of(file: UploadedFile) -> tuple[str, str]:
    """Media type and ending of a file, by its content. Raises BadFile for kinds that are not kept."""
    file.seek(0)
    start = file.read(4096)
    file.seek(0)
    suffix = PurePosixPath(file.name or "").suffix.lower()
    kind = next((kind for signature, kind in _SIGNATURES.items() if start.startswith(signature)), None)
    if kind:
        return kind
    if start.startswith(b"PK"):
        kind = _kind_of_archive(file)
    elif start.startswith(_OUTLOOK) and suffix == ".msg":
        kind = "application/vnd.ms-outlook", ".msg"
    elif suffix in _TEXTS and start and not _CONTROL.search(start):
        kind = _TEXTS[suffix], suffix
    if kind is None:
        text = _(
            "“%(name)s” is of a kind that is not kept here. PDF, PNG, JPEG, Word, Excel, PowerPoint and "
            "OpenDocument files without macros, texts and mails are."
        )
        raise BadFile(text % {"name": file.name})
    return kind


def _kind_of_archive(file: UploadedFile) -> tuple[str, str] | None:
    """Office files are archives; other archives, and those with programs inside, are not kept."""
    with (
        suppress(zipfile.BadZipFile, OSError, NotImplementedError, KeyError),
        zipfile.ZipFile(file) as archive,
    ):
        names = {name.lower() for name in archive.namelist()}
        if any(name.endswith(_PROGRAMS[0]) or name.startswith(_PROGRAMS[1:]) for name in names):
            return None
        for part, (subtype, ending) in _OFFICE.items():
            if part in names:
                return f"application/vnd.openxmlformats-officedocument.{subtype}", ending
        if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
            media_type = archive.read("mimetype").decode("ascii", "ignore").strip()
            if media_type in _OPEN_DOCUMENT:
                return media_type, _OPEN_DOCUMENT[media_type]
    return None


def _printable(name: str) -> str:
    return " ".join("".join(one if one.isprintable() else " " for one in name).split())
