"""Tables as text: their delimiter, their rows, and quotation marks that enclose whole rows by mistake."""

import csv
import io
import re
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from clusterportal.tables.formats import UnreadableTable, open_bytes
from clusterportal.tables.limits import HEADER_SEARCH_ROWS, check_width

DELIMITERS = ",;\t|"
_NAMES = {"comma": ",", "semicolon": ";", "tab": "\t", "\\t": "\t", "bar": "|", "pipe": "|"}
MAX_LINE_CHARACTERS = 10_000_000  # characters


def delimiter_named(name: str) -> str:
    """The delimiter that people write as its sign, or as comma, semicolon, tab, bar. Raises UnreadableTable."""
    sign = _NAMES.get(name.lower(), name)
    if len(sign) != 1 or sign.isalnum() or sign in "\"' \r\n\0":
        text = _("“%(name)s” is no delimiter. Give one sign, or a name: comma, semicolon, tab, bar.")
        raise UnreadableTable(text, {"name": name})
    return sign


def delimiter_of(path: Path, encoding: str) -> str:
    """The delimiter that divides most of the first rows into the same number of cells; of equals, into more cells.

    Raises UnreadableTable where the only one that divides any makes too many.
    """
    refused: list[UnreadableTable] = []

    def agreement(delimiter: str) -> tuple[int, int]:
        try:
            with closing(_records(path, encoding, delimiter)) as records:
                widths = Counter(
                    len(row) for _line, row, _text in islice(records, HEADER_SEARCH_ROWS) if len(row) > 1
                )
        except UnreadableTable as error:
            refused.append(error)
            return 0, 0
        width, times = max(widths.items(), key=lambda found: (found[1], found[0]), default=(0, 0))
        return times, width

    found = {delimiter: agreement(delimiter) for delimiter in DELIMITERS}
    if refused and not any(width for _times, width in found.values()):
        raise refused[0]
    return max(DELIMITERS, key=found.__getitem__)


def text_rows(path: Path, encoding: str, delimiter: str) -> Iterator[list[str]]:
    """The cells, row by row. Raises UnreadableTable, with the line, where a quotation mark encloses rows."""
    widest = 0
    with closing(_records(path, encoding, delimiter)) as records:
        for line, row, text in records:
            if len(text) > 1:
                _check_quotes(line, text, delimiter, widest)
            widest = max(widest, len(row))
            yield row


def _records(path: Path, encoding: str, delimiter: str) -> Generator[tuple[int, list[str], list[str]]]:
    """(first line, cells, the lines as they stand) of each row."""
    csv.field_size_limit(MAX_LINE_CHARACTERS)
    # One broken byte of UTF-8 spoils one cell, not the file; of other encodings the whole file was checked.
    errors = "replace" if encoding.startswith("utf-8") else "strict"
    with open_bytes(path) as raw, io.TextIOWrapper(raw, encoding=encoding, errors=errors, newline="") as text:
        taken: list[str] = []
        rows = csv.reader(_lines(text, taken, delimiter), delimiter=delimiter, skipinitialspace=True)
        line = 1
        try:
            for row in rows:
                check_width(len(row), line)
                yield line, row, taken
                line += len(taken)
                taken.clear()
        except csv.Error as error:
            names = {"line": line, "why": error}
            raise UnreadableTable(_("Line %(line)s cannot be read: %(why)s"), names) from error
        except UnicodeError as error:
            names = {"line": line, "encoding": encoding}
            problem = _("Line %(line)s cannot be read as %(encoding)s. Choose another encoding.")
            raise UnreadableTable(problem, names) from error


def _lines(text: io.TextIOWrapper, taken: list[str], delimiter: str) -> Iterator[str]:
    """The lines without NUL. `taken` collects those of the current row."""
    number, sign = 0, re.escape(delimiter)
    is_quoted = re.compile(rf'(?:^|{sign})\s*"')  # a cell in quotation marks begins
    # A mark within such a cell as databases write it, \". At the end of a cell the backslash is text: C:\
    backslashed = re.compile(rf'\\"(?=[^{sign}\r\n"]|"(?:[{sign}\r\n]|$))')
    while line := text.readline(MAX_LINE_CHARACTERS):
        number += 1
        if len(line) >= MAX_LINE_CHARACTERS or sum(map(len, taken)) > MAX_LINE_CHARACTERS:
            names = {"line": number - len(taken)}
            raise UnreadableTable(_("Line %(line)s has no end. Is a quotation mark not closed?"), names)
        line = line.replace("\0", "")
        if '\\"' in line and is_quoted.search(line):
            line = backslashed.sub('""', line)
        taken.append(line)
        yield line


def _check_quotes(line: int, text: list[str], delimiter: str, width: int) -> None:
    """Raises UnreadableTable for a row of several lines with an open quotation mark, or with whole rows in a cell."""
    try:
        cells = next(csv.reader(text, delimiter=delimiter, skipinitialspace=True, strict=True))
    except csv.Error as error:
        names = {"line": line}
        problem = _("Line %(line)s: a quotation mark opens a cell and is not closed. Close or remove it.")
        raise UnreadableTable(problem, names) from error
    if any(_holds_rows(cell, delimiter, width) for cell in cells):
        names = {"line": line, "last": line + len(text) - 1}
        problem = _(
            "Line %(line)s: a cell in quotation marks reaches to line %(last)s and swallows rows of the table. "
            "Close or remove the mark; if the cell is meant so, save the table as XLSX."
        )
        raise UnreadableTable(problem, names)


def _holds_rows(cell: str, delimiter: str, width: int) -> bool:
    """Whether a line within a cell has delimiters like a row; a comma before a blank belongs to a sentence."""
    later = cell.splitlines()[1:]
    looks_like_a_row = width > 2 or (width == 2 and delimiter != ",")
    return looks_like_a_row and any(
        part.count(delimiter) - part.count(f"{delimiter} ") >= width - 1 for part in later
    )
