"""Tables as people have them: CSV in any usual encoding and delimiter, workbooks, JSON; row by row."""

import codecs
import csv
import gzip
import io
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext as _

from actors.domain.importing.cells import unescaped
from actors.domain.importing.sheets import SHEETS, NotAWorkbook

FORMATS = ("csv", "xlsx", "ods", "json", "ndjson", "geojson")
DELIMITERS = ",;\t|"
LOOKED_AT = 30  # rows in which a header may stand under titles, and by which the delimiter is found
LONGEST_CELL = 10_000_000  # characters
_ENDINGS = {"tsv": "csv", "txt": "csv", "jsonl": "ndjson"} | {name: name for name in FORMATS}
_CHUNK = 1 << 20  # bytes

Row = dict[str, object]
BEYOND = "\0"  # the key under which cells beyond the header are kept


class UnreadableTable(Exception):
    """The file is no table that can be read; the message says how to mend it."""


@dataclass
class Table:
    """A file about to be read. `rows` yields (row number as in the spreadsheet, {column: value})."""

    format: str
    columns: list[str]
    rows: Iterable[tuple[int, Row]]
    ignored: list[str] = field(default_factory=list)  # headers that no column answers to
    encoding: str = ""
    delimiter: str = ""


def read_table(path: Path, *, format: str | None, name_of: Callable[[str], str | None]) -> Table:
    """The table in `path`. `name_of` says which column a header means, None for none.

    Raises UnreadableTable.
    """
    format = format or format_of(path)
    try:
        if format in ("json", "ndjson", "geojson"):
            return _read_objects(path, format, name_of)
        if format == "csv":
            encoding = _encoding_of(path)
            delimiter = _delimiter_of(path, encoding)
            table = _with_header("csv", lambda: _csv_rows(path, encoding, delimiter), name_of)
            table.encoding, table.delimiter = encoding, delimiter
            return table
        return _with_header(format, lambda: _workbook(path, format), name_of)
    except (OSError, EOFError) as error:
        raise UnreadableTable(
            _("“%(file)s” cannot be read: %(why)s") % {"file": path, "why": error}
        ) from error


def format_of(path: Path) -> str:
    """The format that the ending of `path` names, also before `.gz`. Raises UnreadableTable."""
    endings = [ending.lstrip(".").lower() for ending in path.suffixes]
    if endings and endings[-1] == "gz":
        endings.pop()
    found = _ENDINGS.get(endings[-1] if endings else "")
    if not found:
        names = {"file": path.name, "formats": ", ".join(FORMATS)}
        raise UnreadableTable(
            _("“%(file)s” has no known ending. Say with --format which it is: %(formats)s.") % names
        )
    return found


# ---------- header and rows ----------
def _with_header(format: str, cells: Callable[[], Iterator[list]], name_of) -> Table:
    """Finds the header, the early row with most known columns; titles above it are passed over."""
    with closing(cells()) as rows:
        first = list(islice(rows, LOOKED_AT))
    if not any(any(_filled(cell) for cell in row) for row in first):
        raise UnreadableTable(_("The file is empty."))
    known = [sum(name_of(str(cell)) is not None for cell in row if _filled(cell)) for row in first]
    position = max(range(len(first)), key=lambda number: (known[number], -number))
    header = [str(cell).strip() if _filled(cell) else "" for cell in first[position]]
    columns = [name_of(title) if title else None for title in header]
    repeated = [name for name, times in Counter(filter(None, columns)).items() if times > 1]
    if repeated:
        raise UnreadableTable(
            _("Two columns mean the same: “%(name)s”. Keep one of them.") % {"name": repeated[0]}
        )
    ignored = [title for title, name in zip(header, columns, strict=True) if title and not name]
    return Table(
        format, [*filter(None, columns)], _Numbered(cells, position, columns, format == "csv"), ignored
    )


@dataclass
class _Numbered:
    """The rows under the header, each with its number in the spreadsheet; can be walked again."""

    cells: Callable[[], Iterator[list]]
    header: int
    columns: list[str | None]
    is_ragged: bool  # a missing cell at the end is no statement; in a workbook it is an empty cell

    def __iter__(self) -> Iterator[tuple[int, Row]]:
        width = len(self.columns)
        for number, row in enumerate(self.cells(), start=1):
            if number <= self.header + 1 or not any(map(_filled, row)):
                continue
            if not self.is_ragged:
                row = [*row, *[""] * (width - len(row))]
            values = {name: unescaped(cell) for name, cell in zip(self.columns, row, strict=False) if name}
            if any(map(_filled, row[width:])):
                values[BEYOND] = len(row)
            yield number, values


def _filled(cell) -> bool:
    return cell is not None and str(cell).strip() != ""


def _workbook(path: Path, format: str) -> Iterator[list]:
    """The first sheet of a workbook."""
    with _open_bytes(path) as file:
        content = io.BytesIO(file.read())
    try:
        yield from SHEETS[format](content)
    except NotAWorkbook as error:
        names = {"file": path.name, "format": format}
        raise UnreadableTable(
            _("“%(file)s” is no %(format)s workbook. Save it again as .%(format)s.") % names
        ) from error


# ---------- CSV ----------
def _open_bytes(path: Path):
    with open(path, "rb") as file:
        is_compressed = file.read(2) == b"\x1f\x8b"
    return gzip.open(path, "rb") if is_compressed else open(path, "rb")


def _encoding_of(path: Path) -> str:
    """UTF-16 or UTF-8 by its mark, UTF-16 by its zeros, UTF-8 when all of it is, else Windows-1252."""
    with _open_bytes(path) as file:
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


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with _open_bytes(path) as file:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _csv_rows(path: Path, encoding: str, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(LONGEST_CELL)
    with _open_bytes(path) as raw, io.TextIOWrapper(raw, encoding=encoding, newline="") as text:
        rows = csv.reader(
            (line.replace("\0", "") for line in text), delimiter=delimiter, skipinitialspace=True
        )
        try:
            yield from rows
        except (csv.Error, UnicodeDecodeError) as error:
            place = {"line": rows.line_num, "why": error}
            raise UnreadableTable(_("Line %(line)s cannot be read: %(why)s") % place) from error


def _delimiter_of(path: Path, encoding: str) -> str:
    """The delimiter that cuts most of the first rows into the same number of cells, the more the better."""

    def agreement(delimiter: str) -> tuple[int, int]:
        with closing(_csv_rows(path, encoding, delimiter)) as rows:
            widths = Counter(len(row) for row in islice(rows, LOOKED_AT) if len(row) > 1)
        width, times = max(widths.items(), key=lambda found: (found[1], found[0]), default=(0, 0))
        return times, width

    return max(DELIMITERS, key=agreement)


# ---------- JSON ----------
def _read_objects(path: Path, format: str, name_of) -> Table:
    encoding = _encoding_of(path)
    load = _json_lines if format == "ndjson" else _json_list
    columns, unknown = {}, {}
    for _number, entry in load(path, encoding):
        for key in entry:
            (columns if name_of(key) else unknown)[key] = name_of(key)
    names = list(dict.fromkeys(columns.values()))

    def rows():
        for number, entry in load(path, encoding):
            yield number, {columns[key]: value for key, value in entry.items() if key in columns}

    return Table(format, names, _Again(rows), list(unknown), encoding)


@dataclass
class _Again:
    make: Callable[[], Iterator]

    def __iter__(self):
        return self.make()


def _json_lines(path: Path, encoding: str) -> Iterator[tuple[int, dict]]:
    with _open_bytes(path) as raw, io.TextIOWrapper(raw, encoding=encoding) as text:
        for number, line in enumerate(text, start=1):
            if line.strip():
                yield number, _entry(number, _loaded(line))


def _json_list(path: Path, encoding: str) -> Iterator[tuple[int, dict]]:
    with _open_bytes(path) as raw, io.TextIOWrapper(raw, encoding=encoding) as text:
        content = _loaded(text.read())
    if isinstance(content, dict):
        content = next((content[key] for key in ("actors", "results", "features") if key in content), content)
    if not isinstance(content, list):
        raise UnreadableTable(_("The file holds no list of actors: [{…}, {…}] is expected."))
    for number, entry in enumerate(content, start=1):
        yield number, _entry(number, entry)


def _loaded(text: str):
    try:
        return json.loads(text)
    except ValueError as error:
        raise UnreadableTable(_("This is no valid JSON: %(why)s") % {"why": error}) from error


def _entry(number: int, entry) -> dict:
    if isinstance(entry, dict) and entry.get("type") == "Feature":
        entry = _of_feature(entry)
    if not isinstance(entry, dict):
        raise UnreadableTable(_("Entry %(number)s is no object {…}.") % {"number": number})
    return entry


def _of_feature(feature: dict) -> dict:
    """A GeoJSON feature as a flat entry; its own point counts where the properties name no place."""
    entry, geometry = feature.get("properties") or {}, feature.get("geometry") or {}
    if geometry.get("type") == "Point" and "latitude" not in entry:
        longitude, latitude, *_height = geometry["coordinates"]
        entry = entry | {"latitude": latitude, "longitude": longitude}
    return entry
