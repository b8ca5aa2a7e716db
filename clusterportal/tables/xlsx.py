"""Workbooks of Excel: their sheets, and the cells as people see them."""

import datetime
import posixpath
import re
from collections.abc import Iterator
from itertools import islice
from zipfile import ZipFile

from django.utils.translation import gettext_lazy as _

from clusterportal.tables.formats import UnreadableTable
from clusterportal.tables.limits import MAX_SHARED_STRINGS
from clusterportal.tables.number_formats import NumberFormat, number_format
from clusterportal.tables.skipped_lines import HiddenRow
from clusterportal.tables.unreadable_cells import DURATION, ERROR, NO_RESULT, UnreadableCell
from clusterportal.tables.xml_stream import Spans, attributes, plain, put, walk

_BOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_MERGED = re.compile(rb"mergeCell\s[^>]*?ref=[\"']([A-Z]{1,3})([0-9]{1,7}):[A-Z]{1,3}([0-9]{1,7})[\"']")
_BLOCK_SIZE = 1 << 20  # bytes
_MAX_TAIL_BYTES = 20 << 20  # bytes of what stands behind the cells


def sheets(archive: ZipFile) -> list[tuple[str, bool]]:
    """(name, whether people see it) of each sheet with cells."""
    return [(name, is_visible) for name, is_visible, _part in _Book(archive).sheets]


def rows(archive: ZipFile, sheet: str) -> Iterator[tuple[int, list]]:
    """(number, cells) of each row that the sheet holds, also of rows without values."""
    book = _Book(archive)
    part = next((part for name, _is_visible, part in book.sheets if sheet in ("", name)), "")
    merged, is_filtered = _after_the_cells(archive, part)
    spans = Spans()
    number = 0
    with archive.open(part) as content:
        for is_end, name, element in walk(content):
            if not is_end or name != "row":
                continue
            number = int(element.get("r") or number + 1)
            cells: list = []
            if element.get("hidden") in ("1", "true") and not is_filtered:
                cells = HiddenRow()
            column = -1
            for cell in element:
                if plain(cell.tag) != "c":
                    continue
                place = cell.get("r")
                column = _column(place) if place else column + 1
                put(cells, column, book.value(cell), number)
            spans.fill(number, cells)
            for first, last_row in merged.get(number, ()):
                spans.begin(first, last_row, cells[first] if first < len(cells) else None)
            element.clear()
            yield number, cells


class _Book:
    """What all sheets share: names, texts, number formats."""

    def __init__(self, archive: ZipFile):
        parts = set(archive.namelist())
        self.strings = _Strings(archive, "xl/sharedStrings.xml" if "xl/sharedStrings.xml" in parts else "")
        self.styles = _styles(archive) if "xl/styles.xml" in parts else []
        self.is_1904, self.has_no_results = False, False
        self.sheets: list[tuple[str, bool, str]] = []  # name, whether people see it, part of the archive
        with archive.open(_RELATIONS) as content:
            targets = {e.get("Id"): e for is_end, _name, e in walk(content) if is_end and e.get("Id")}
        with archive.open(_BOOK) as content:
            for is_end, name, element in walk(content):
                if name == "workbookPr" and is_end:
                    self.is_1904 = element.get("date1904") in ("1", "true")
                elif name == "calcPr" and is_end:
                    # Written by a library: a spreadsheet calculates the results when it opens the file.
                    self.has_no_results = element.get("fullCalcOnLoad") in ("1", "true")
                elif name == "sheet" and is_end:
                    relation = targets[attributes(element)["id"]]
                    if relation.get("Type", "").endswith("/worksheet"):
                        part = posixpath.normpath(posixpath.join("/xl", relation.get("Target") or "")).lstrip(
                            "/"
                        )
                        is_visible = element.get("state", "visible") == "visible"
                        self.sheets.append((element.get("name") or "", is_visible, part))

    def value(self, cell):
        """A cell as people see it; None where there is nothing."""
        kind, text, formula = cell.get("t", "n"), None, None
        for part in cell:
            name = plain(part.tag)
            if name == "v":
                text = part.text or ""
            elif name == "f":
                formula = part.text or ""
            elif name == "is":
                return _unescaped(_text_of(part))
        if formula is not None and kind != "str" and (not text or (text == "0" and self.has_no_results)):
            return UnreadableCell(f"={formula}", NO_RESULT)
        if not text:
            return None
        if kind == "s":
            return self.strings[int(text)]
        if kind == "str":
            return _unescaped(text)
        if kind == "b":
            return text in ("1", "true")
        if kind == "e":
            return UnreadableCell(text, ERROR)
        if kind == "d":
            moment = datetime.datetime.fromisoformat(text)
            return moment.date() if moment.time() == datetime.time.min else moment
        number = float(text) if set(text) & set(".eE") else int(text)
        style = int(cell.get("s") or 0)
        format = self.styles[style] if style < len(self.styles) else NumberFormat()
        return self._shown(number, format)

    def _shown(self, number, format: NumberFormat):
        value = format.value(number, is_1904=self.is_1904)
        if isinstance(value, datetime.timedelta):
            return UnreadableCell(str(value), DURATION)
        return value


class _Strings:
    """The texts that cells share, read as far as they are asked for: a preview needs only the first of them."""

    def __init__(self, archive: ZipFile, part: str):
        self._found: list[str] = []
        self._rest: Iterator[str] = iter(())
        if part:
            _check_count(archive, part)
            self._rest = self._read(archive, part)

    def __getitem__(self, number: int) -> str:
        if number < 0:
            raise IndexError(number)
        self._found += islice(self._rest, max(0, number + 1 - len(self._found)))
        return self._found[number]

    @staticmethod
    def _read(archive: ZipFile, part: str) -> Iterator[str]:
        with archive.open(part) as content:
            for is_end, name, element in walk(content):
                if is_end and name == "si":
                    yield _unescaped(_text_of(element))
                    element.clear()


def _check_count(archive: ZipFile, part: str) -> None:
    """Refuses more texts than a table has, counted before they are read."""
    count, tail = 0, b""
    with archive.open(part) as content:
        while block := content.read(_BLOCK_SIZE):
            block = tail + block
            count += block.count(b"si>") + 2 * block.count(b"si/>")
            tail = block[-2:]
            if count > 2 * MAX_SHARED_STRINGS:
                raise UnreadableTable(_("The workbook holds more texts than a table. Save it as CSV."))


def _text_of(element) -> str:
    """The text of a cell, also in several fonts; phonetic guides are left out."""
    pieces = []
    for part in element:
        name = plain(part.tag)
        if name == "t":
            pieces.append(part.text or "")
        elif name == "r":
            pieces += [inner.text or "" for inner in part if plain(inner.tag) == "t"]
    return "".join(pieces)


def _unescaped(text: str) -> str:
    """`_x000D_` is how the format writes a character that XML cannot hold; `_x005F_` is its own underscore."""
    if "_x" not in text:
        return text
    text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _styles(archive: ZipFile) -> list[NumberFormat]:
    """How each style of cells shows a number."""
    codes: dict[int, str] = {}
    styles: list[NumberFormat] = []
    is_within = False
    with archive.open("xl/styles.xml") as content:
        for is_end, name, element in walk(content):
            if name == "numFmt" and is_end:
                codes[int(element.get("numFmtId") or 0)] = element.get("formatCode") or ""
            elif name == "cellXfs":
                is_within = not is_end
            elif name == "xf" and is_end and is_within:
                number = int(element.get("numFmtId") or 0)
                styles.append(number_format(number, codes.get(number)))
    return styles


def _after_the_cells(archive: ZipFile, part: str) -> tuple[dict[int, list[tuple[int, int]]], bool]:
    """Cells merged over several rows, by their first row: column, last row. And whether a filter hides rows.

    Rows that a filter hides are read, as every export of a spreadsheet does; rows that people hid are not.
    Both stand after all cells and are searched for as bytes: parsing up to there would take as long as reading all.
    """
    merged: dict[int, list[tuple[int, int]]] = {}
    text = _from(archive, part, b"mergeCells", b"filterColumn")
    tables = [name for name in archive.namelist() if name.startswith("xl/tables/")]
    is_filtered = b"filterColumn" in text or any(_from(archive, table, b"filterColumn") for table in tables)
    for reach in _MERGED.finditer(text):
        first, last = int(reach[2]), int(reach[3])
        if last > first:
            merged.setdefault(first, []).append((_column(reach[1].decode()), last))
    return merged, is_filtered


def _from(archive: ZipFile, part: str, *words: bytes) -> bytes:
    """The rest of a part from the first of the words on; empty where it has none of them."""
    tail = b""
    with archive.open(part) as content:
        while block := content.read(_BLOCK_SIZE):
            block = tail + block
            if found := [at for word in words if (at := block.find(word)) >= 0]:
                return block[min(found) :] + content.read(_MAX_TAIL_BYTES)
            tail = block[-max(map(len, words)) :]
    return b""


def _column(place: str) -> int:
    """The number of a column, counted from 0: B7 -> 1."""
    number = 0
    for letter in place.rstrip("0123456789"):
        number = number * 26 + ord(letter) - 64
    return number - 1
