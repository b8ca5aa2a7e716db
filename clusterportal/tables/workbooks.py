"""The sheets of a workbook, row by row: Excel (xlsx) and OpenDocument (ods). Formulae count by their last result."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext_lazy as _

from clusterportal.tables import ods, xlsx
from clusterportal.tables.formats import UnreadableTable, check_archive, open_bytes
from clusterportal.tables.limits import check_length, check_row_number
from clusterportal.tables.unreadable_cells import flag_unreadable

_FORMATS = {"xlsx": xlsx, "ods": ods}
_DAMAGE_ERRORS = (
    BadZipFile,
    KeyError,
    ValueError,
    TypeError,
    IndexError,
    OSError,
    EOFError,
    NotImplementedError,
    RecursionError,
    zlib.error,
    ElementTree.ParseError,
)


def sheet_names(path: Path, format: str) -> list[str]:
    """The names of the sheets that people see, in order; all of them where none is visible. Raises UnreadableTable."""
    with _opened(path, format) as archive:
        sheets = _FORMATS[format].sheets(archive)
    return [name for name, is_visible in sheets if is_visible] or [name for name, _is_visible in sheets]


def sheet_rows(path: Path, format: str, sheet: str) -> Iterator[tuple[int, list]]:
    """(number, cells) of the rows of one sheet that hold anything, of the first sheet without a name.

    A row that people do not see is a HiddenRow. Raises UnreadableTable.
    """
    with _opened(path, format) as archive:
        for number, cells in _FORMATS[format].rows(archive, sheet):
            check_row_number(number)
            cells[:] = map(flag_unreadable, cells)
            check_length(cells, number)
            yield number, cells


@contextmanager
def _opened(path: Path, format: str):
    try:
        with open_bytes(path) as file, ZipFile(file) as archive:
            check_archive(archive, path.name)
            yield archive
    except _DAMAGE_ERRORS as error:
        text = _("“%(file)s” is no %(format)s workbook. Save it again as .%(format)s.")
        raise UnreadableTable(text, {"file": path.name, "format": format}) from error
