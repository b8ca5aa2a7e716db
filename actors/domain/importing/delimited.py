"""Tables as text: the encodings and delimiters that spreadsheets write."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext as _

from actors.domain.importing.formats import UnreadableTable, open_bytes

DELIMITERS = ",;\t|"
ENCODINGS = ("utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be", "iso8859-15", "mac-roman", "cp850")
LOOKED_AT = 30  # rows by which the delimiter is found
LONGEST_CELL = 10_000_000  # characters
_CHUNK = 1 << 20  # bytes


def encoding_of(path: Path) -> str:
    """UTF-16 or UTF-8 by its mark, UTF-16 by its zeros, UTF-8 when all of it is, else Windows-1252."""
    with open_bytes(path) as file:
        head = file.read(4096)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if head.count(0) > len(head) // 4:
        return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"
    for encoding in ("utf-8-sig", "cp1252"):
        if _decodes(path, encoding):
            return encoding
    raise UnreadableTable(
        _("The characters of “%(file)s” cannot be read. Save it as UTF-8.") % {"file": path.name}
    )


def delimiter_of(path: Path, encoding: str) -> str:
    """The delimiter that cuts most of the first rows into the same number of cells, the more the better."""

    def agreement(delimiter: str) -> tuple[int, int]:
        with closing(text_rows(path, encoding, delimiter)) as rows:
            widths = Counter(len(row) for row in islice(rows, LOOKED_AT) if len(row) > 1)
        width, times = max(widths.items(), key=lambda found: (found[1], found[0]), default=(0, 0))
        return times, width

    return max(DELIMITERS, key=agreement)


def text_rows(path: Path, encoding: str, delimiter: str) -> Iterator[list[str]]:
    """The cells, row by row."""
    csv.field_size_limit(LONGEST_CELL)
    with open_bytes(path) as raw, io.TextIOWrapper(raw, encoding=encoding, newline="") as text:
        rows = csv.reader(
            (line.replace("\0", "") for line in text), delimiter=delimiter, skipinitialspace=True
        )
        try:
            yield from rows
        except (csv.Error, UnicodeError) as error:
            place = {"line": rows.line_num, "why": error}
            raise UnreadableTable(_("Line %(line)s cannot be read: %(why)s") % place) from error


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with open_bytes(path) as file:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
