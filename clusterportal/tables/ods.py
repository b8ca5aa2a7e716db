"""Workbooks of LibreOffice (OpenDocument): their sheets, and the cells as people see them."""

import datetime
import re
from collections.abc import Iterator
from xml.parsers import expat
from zipfile import ZipFile

from clusterportal.tables.limits import MAX_COLUMNS, check_blanks, check_row_number, check_width
from clusterportal.tables.skipped_lines import HiddenRow
from clusterportal.tables.unreadable_cells import DURATION, ERROR, NO_RESULT, UnreadableCell
from clusterportal.tables.xml_stream import Spans, attributes, plain, put, walk

_PART = "content.xml"
_CLOCK = re.compile(r"PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S")
_BLOCK_SIZE = 1 << 20  # bytes


def sheets(archive: ZipFile) -> list[tuple[str, bool]]:
    """(name, whether people see it) of each sheet."""
    hidden: set[str] = set()  # styles
    found: list[tuple[str, bool]] = []
    style = ""

    def begin(name: str, values: dict) -> None:
        nonlocal style
        name = plain(name)
        if name == "style":
            style = _value_of(values, "name")
        elif name == "table-properties" and _value_of(values, "display") == "false":
            hidden.add(style)
        elif name == "table":
            is_visible = _value_of(values, "style-name") not in hidden
            found.append((_value_of(values, "name"), is_visible))

    parser = expat.ParserCreate(namespace_separator="}")
    parser.StartElementHandler = begin
    with archive.open(_PART) as content:
        try:
            while block := content.read(_BLOCK_SIZE):
                parser.Parse(block)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise ValueError(str(error)) from error
    return found


def rows(archive: ZipFile, sheet: str) -> Iterator[tuple[int, list]]:
    """(number, cells) of each row that holds anything; a row that is stored once for many comes as often."""
    is_wanted, number, depth, spans = False, 1, 0, Spans()
    with archive.open(_PART) as content:
        for is_end, name, element in walk(content):
            if name == "table":
                depth += -1 if is_end else 1
                if not is_end and depth == 1:
                    is_wanted = not sheet or attributes(element).get("name") == sheet
                elif is_end and is_wanted and not depth:
                    return
            elif is_end and name in _BLANKS:
                element.text = _blank(name, element)
            elif is_end and name == "table-row":
                if is_wanted:
                    times = _times(element, "number-rows-repeated")
                    yield from _rows(element, number, times, spans)
                    number += times
                element.clear()


def _rows(row, number: int, times: int, spans: Spans) -> Iterator[tuple[int, list]]:
    cells: list = HiddenRow() if attributes(row).get("visibility") == "collapse" else []
    # Rows that a filter hides are read, as every export of a spreadsheet does: only "collapse" is hidden by people.
    begun: list[tuple[int, int, object]] = []
    column = 0
    for cell in row:
        if plain(cell.tag) not in ("table-cell", "covered-table-cell"):
            continue
        about = attributes(cell)
        value, repeated = _value(cell, about), int(about.get("number-columns-repeated") or 1)
        if value not in (None, ""):
            check_width(column + repeated, number)
            for place in range(column, column + repeated):
                put(cells, place, value, number)
        if (height := int(about.get("number-rows-spanned") or 1)) > 1:
            begun.append((column, number + height - 1, value))
        column = min(column + repeated, 2 * MAX_COLUMNS)
    spans.fill(number, cells)
    for span in begun:
        spans.begin(*span)
    if any(cell is not None for cell in cells):
        check_row_number(number + times - 1)
        for place in range(number, number + times):
            yield place, type(cells)(cells)


def _value(cell, about: dict[str, str]):
    """A cell as people see it."""
    text = "\n".join("".join(part.itertext()) for part in cell if plain(part.tag) == "p")
    kind = about.get("value-type")
    if "formula" in about and not text and kind in (None, "") and "string-value" not in about:
        return UnreadableCell(about["formula"], NO_RESULT)
    if kind == "boolean":
        return about.get("boolean-value") == "true"
    if kind in ("float", "currency"):
        return _number(about["value"], text)
    if kind == "percentage":
        return text or f"{float(about['value']) * 100:g} %".replace(".", ",")
    if kind == "date":
        moment = datetime.datetime.fromisoformat(about["date-value"].removesuffix("Z"))
        return moment.date() if moment.time() == datetime.time.min else moment
    if kind == "time":
        return _clock(about.get("time-value", ""), text)
    if kind == "error" or (kind == "string" and about.get("error")):
        return UnreadableCell(text, ERROR)
    return text or about.get("string-value", "")


def _number(value: str, text: str):
    """The number, or its text where that shows leading zeros or a plus: a postcode, a telephone number."""
    if re.fullmatch(r"(?:0\d+|\+\d+)", text.strip()):
        return text.strip()
    number = float(value)
    return int(number) if number.is_integer() else number


def _clock(value: str, text: str):
    hours, minutes, seconds = map(int, found.groups()) if (found := _CLOCK.fullmatch(value)) else (24, 0, 0)
    return (
        datetime.time(hours, minutes, seconds)
        if hours < 24
        else UnreadableCell(text or value or "?", DURATION)
    )


def _blank(name: str, element) -> str:
    if name == "s":
        count = int(attributes(element).get("c") or 1)
        check_blanks(count)
        return " " * count
    return _BLANKS[name]


def _times(element, name: str) -> int:
    return max(1, int(attributes(element).get(name) or 1))


def _value_of(values: dict, name: str) -> str:
    return next((value for key, value in values.items() if plain(key) == name), "")


_BLANKS = {"s": " ", "tab": "\t", "line-break": "\n"}
