"""Tables as text: their delimiter, their rows, and quotation marks that swallow rows."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from clusterportal.tables.formats import UnreadableTable, open_bytes
from clusterportal.tables.limits import LOOKED_AT, check_width

DELIMITERS = ",;\t|"
_NAMES = {"comma": ",", "semicolon": ";", "tab": "\t", "\\t": "\t", "bar": "|", "pipe": "|"}
LONGEST_LINE = 10_000_000  # characters


def delimiter_named(name: str) -> str:
    """The delimiter that people write as its sign, or as comma, semicolon, tab, bar. Raises UnreadableTable."""
    sign = _NAMES.get(name.lower(), name)
    if len(sign) != 1 or sign.isalnum() or sign in "\"' \r\n\0":
        text = _("“%(name)s” is no delimiter. Give one sign, or a name: comma, semicolon, tab, bar.")
        raise UnreadableTable(text, {"name": name})
    return sign


def delimiter_of(path: Path, encoding: str) -> str:
    """The delimiter that cuts most of the first rows into the same number of cells, the more the better.

    Raises UnreadableTable where none cuts any and one cuts too many.
    """
    refused: list[UnreadableTable] = []

    def agreement(delimiter: str) -> tuple[int, int]:
        try:
            with closing(_records(path, encoding, delimiter)) as records:
                widths = Counter(len(row) for _line, row, _text in islice(records, LOOKED_AT) if len(row) > 1)
        except UnreadableTable as error:
            refused.append(error)
            return 0, 0
        width, times = max(widths.items(), key=lambda found: (found[1], found[0]), default=(0, 0))
        return times, width

    found = {delimiter: agreement(delimiter) for delimiter in DELIMITERS}
    if refused and not any(width for _times, width in found.values()):
        raise refused[0]
    return max(DELIMITERS, key=found.get)


def text_rows(path: Path, encoding: str, delimiter: str) -> Iterator[list[str]]:
    """The cells, row by row. Raises UnreadableTable, with the line, where a quotation mark swallows rows."""
    widest = 0
    with closing(_records(path, encoding, delimiter)) as records:
        for line, row, text in records:
            if len(text) > 1:
                _check_quotes(line, text, delimiter, widest)
            widest = max(widest, len(row))
            yield row


def _records(path: Path, encoding: str, delimiter: str) -> Iterator[tuple[int, list[str], list[str]]]:
    """(first line, cells, the lines as they stand) of each row."""
    csv.field_size_limit(LONGEST_LINE)
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
            text = _("Line %(line)s cannot be read as %(encoding)s. Choose another encoding.")
            raise UnreadableTable(text, names) from error


def _lines(text: io.TextIOWrapper, taken: list[str], delimiter: str) -> Iterator[str]:
    """The lines without NUL; what a row has taken so far is kept in `taken`."""
    number, sign = 0, re.escape(delimiter)
    is_quoted = re.compile(rf'(?:^|{sign})\s*"')  # a cell in quotation marks begins
    # A mark within it as databases write it, \"; at the end of a cell the backslash belongs to the text: C:\
    backslashed = re.compile(rf'\\"(?=[^{sign}\r\n"]|"(?:[{sign}\r\n]|$))')
    while line := text.readline(LONGEST_LINE):
        number += 1
        if len(line) >= LONGEST_LINE or sum(map(len, taken)) > LONGEST_LINE:
            names = {"line": number - len(taken)}
            raise UnreadableTable(_("Line %(line)s has no end. Is a quotation mark not closed?"), names)
        line = line.replace("\0", "")
        if '\\"' in line and is_quoted.search(line):
            line = backslashed.sub('""', line)
        taken.append(line)
        yield line


def _check_quotes(line: int, text: list[str], delimiter: str, width: int) -> None:
    """Refuses a row of several lines whose quotation marks do not add up, or that holds whole rows of the table."""
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
    """Whether a line within a cell is cut like a row; a comma before a blank belongs to a sentence."""
    later = cell.splitlines()[1:]
    is_cut_like_a_row = width > 2 or (width == 2 and delimiter != ",")
    return is_cut_like_a_row and any(
        part.count(delimiter) - part.count(f"{delimiter} ") >= width - 1 for part in later
    )
