"""Which format a file has, detected by its content; the ending of its name decides only where that is not enough."""

import gzip
import re
import zlib
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FORMATS = ("csv", "xlsx", "ods", "json", "ndjson", "geojson")
_ENDINGS = {"tsv": "csv", "txt": "csv", "jsonl": "ndjson"} | {name: name for name in FORMATS}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # workbooks before 2007, and every one with a password
MAX_UNPACKED_BYTES = 200 << 20  # of a workbook or a gzipped table
_MAX_RATIO = 200  # unpacked bytes by packed bytes; more is a bomb
_RATIO_IGNORED_BELOW = 20 << 20  # bytes unpacked
_MAX_PARTS = 10_000  # files in a workbook


class UnreadableTable(Exception):
    """The file is not a table that can be read; the message says how to mend it.

    The message is translated where it is shown, so that the sandbox, which knows no language, can raise it.
    """

    def __init__(self, message: str | Promise, params: dict | None = None):
        super().__init__(message, params)

    def __str__(self) -> str:
        message, params = self.args
        return str(message) % params if params else str(message)


class _Unpacked(gzip.GzipFile):
    """A gzipped file. Reading raises UnreadableTable where it unpacks to more than a table holds."""

    def read(self, size=-1):
        return self._counted(super().read(size))

    def read1(self, size=-1):
        return self._counted(super().read1(size))

    def readline(self, size=-1):
        return self._counted(super().readline(size))

    def _counted(self, data: bytes) -> bytes:
        if self.tell() > MAX_UNPACKED_BYTES:
            raise UnreadableTable(_("The file unfolds to far more than a table holds. Divide it."))
        return data


def open_bytes(path: Path):
    """The content of a file, unpacked when it is gzipped."""
    with open(path, "rb") as file:
        is_packed = file.read(2) == b"\x1f\x8b"
    return _Unpacked(path, "rb") if is_packed else open(path, "rb")


def format_of(path: Path, *, name: str = "") -> str:
    """The format of the table in `path`, which people call `name`. Raises UnreadableTable."""
    name = name or path.name
    try:
        with open_bytes(path) as file:
            head = file.read(4096)
    except (OSError, EOFError, zlib.error) as error:
        raise _unreadable(name, _("it cannot be unpacked.")) from error
    if not head.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise UnreadableTable(_("The file is empty."))
    if head.startswith(b"PK"):
        return _format_of_archive(path, name)
    if head.startswith(_OLE):
        raise UnreadableTable(
            _(
                "“%(file)s” is an old Excel workbook (.xls), or one with a password. "
                "Save it as .xlsx, without a password."
            ),
            {"file": name},
        )
    if head.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf")):
        raise _unreadable(name, _("it is a document or a picture."))
    if re.match(rb"\s*<(!doctype|html|\?xml|table)", head, re.I):
        raise _unreadable(name, _("it is a web page."))
    return _format_of_text(head, name)


def check_archive(archive: ZipFile, name: str) -> None:
    """Refuses a workbook that unfolds to more than a workbook is: it would fill the memory."""
    parts = archive.infolist()
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    is_blown_up = unpacked > _RATIO_IGNORED_BELOW and unpacked > _MAX_RATIO * packed
    if unpacked > MAX_UNPACKED_BYTES or is_blown_up or len(parts) > _MAX_PARTS:
        text = _("“%(file)s” unfolds to far more than a table holds. Save it again, or as CSV.")
        raise UnreadableTable(text, {"file": name})
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableTable(_("“%(file)s” has a password. Save it without one."), {"file": name})


def _format_of_archive(path: Path, name: str) -> str:
    try:
        with open_bytes(path) as file, ZipFile(file) as archive:
            check_archive(archive, name)
            names = set(archive.namelist())
            kind = archive.read("mimetype")[:100] if "mimetype" in names else b""
            is_locked = "META-INF/manifest.xml" in names and b"encryption-data" in archive.read(
                "META-INF/manifest.xml"
            )
    except (BadZipFile, OSError, EOFError, zlib.error, RuntimeError) as error:
        raise _unreadable(name, _("it is damaged.")) from error
    if any(part.endswith("vbaProject.bin") for part in names):
        raise UnreadableTable(_("“%(file)s” holds macros. Save it as .xlsx, without macros."), {"file": name})
    if kind.startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        if is_locked:
            raise UnreadableTable(_("“%(file)s” has a password. Save it without one."), {"file": name})
        return "ods"
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "content.xml" in names and not kind:
        return "ods"
    raise _unreadable(name, _("it is a packed folder or a document."))


def _format_of_text(head: bytes, name: str) -> str:
    by_ending = _by_ending(name)
    start = head.replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").lstrip()
    if start[:1] not in (b"{", b"["):
        if by_ending in ("xlsx", "ods"):
            raise UnreadableTable(
                _("“%(file)s” is no %(format)s workbook. Save it again as .%(format)s."),
                {"file": name, "format": by_ending},
            )
        # A workbook's text is a table whatever its ending says; JSON that does not begin like JSON is not.
        return by_ending if by_ending in ("json", "ndjson", "geojson") else "csv"
    if by_ending in ("json", "ndjson", "geojson"):
        return by_ending
    is_one_a_line = start[:1] == b"{" and re.match(rb"\{[^\n]*\}\s*\n\s*\{", start)
    return "ndjson" if is_one_a_line else "json"


def _by_ending(name: str) -> str | None:
    endings = [ending.lstrip(".").lower() for ending in Path(name).suffixes]
    if endings and endings[-1] == "gz":
        endings.pop()
    return _ENDINGS.get(endings[-1] if endings else "")


def _unreadable(name: str, why: str | Promise) -> UnreadableTable:
    text = _("“%(file)s” is no table: %(why)s Save the table as CSV, XLSX, ODS or JSON.")
    return UnreadableTable(text, {"file": name, "why": why})
