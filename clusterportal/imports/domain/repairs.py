"""Cells that people correct in the preview: kept beside the file, and put into its rows whenever they are planned."""

from collections.abc import Collection, Generator, Iterator, Mapping
from contextlib import closing
from datetime import date, datetime, time

from django.core.exceptions import PermissionDenied
from django.db import transaction

from clusterportal.imports.domain.uploading import column_finder, read_options_of, table_of
from clusterportal.imports.enums import RunState
from clusterportal.imports.models import ImportRepair, ImportRun
from clusterportal.tables.body_rows import SKIPPED_LINE, TableRow
from clusterportal.tables.reader import SourceTable, read_table

MAX_CHARACTERS = 20_000  # of a repaired cell
Cells = dict[str, object]  # by heading, as the table has them


def repaired_rows(run: ImportRun, *, is_brief: bool = False) -> Generator[tuple[int, TableRow]]:
    """The rows of the table by column, repaired cells in the place of those of the file. Raises UnreadableTable.

    `is_brief`: for somebody who waits for a page.
    """
    repairs, column_of = repairs_of(run), column_finder(run)
    with closing(iter(table_of(run, is_brief=is_brief).rows)) as rows:
        for number, row in rows:
            if SKIPPED_LINE not in row:
                for heading, text in repairs.get(number, {}).items():
                    if column := column_of(heading):
                        row[column] = text
            yield number, row


def repairs_of(run: ImportRun) -> dict[int, dict[str, str]]:
    """The repaired cells, by number of the row and heading."""
    found: dict[int, dict[str, str]] = {}
    for number, heading, after in run.repairs.values_list("number", "heading", "after"):
        found.setdefault(number, {})[heading] = after
    return found


def original_table(run: ImportRun) -> SourceTable:
    """The file with its own headings as columns, also those that are not imported. Raises UnreadableTable."""
    return read_table(run.path, options=read_options_of(run), name_of=lambda heading: heading)


def original_rows(run: ImportRun, numbers: Collection[int]) -> Iterator[tuple[int, Cells]]:
    """These rows as the file has them, by heading; read no further than the last. Raises UnreadableTable."""
    missing = set(numbers)
    if not missing:
        return
    with closing(iter(original_table(run).rows)) as rows:
        for number, row in rows:
            if number in missing:
                yield number, {name: cell for name, cell in row.items() if not name.startswith(("\0", "\1"))}
                missing.remove(number)
                if not missing:
                    return


def in_text(cell) -> str:
    """A cell as people write it into a field of a form."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        cell = cell.date()
    return cell.isoformat() if isinstance(cell, date) else lines_of(str(cell))


def lines_of(text: str) -> str:
    """The text with plain line ends; browsers send them as CR LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def can_be_repaired(cell) -> bool:
    """Whether the cell is a single value; nested ones of JSON files are not retyped in a line."""
    return not isinstance(cell, (dict, list))


@transaction.atomic
def repair(run: ImportRun, *, number: int, texts: Mapping[str, str], by) -> bool:
    """Keep what people wrote into cells of one row, by heading; False where nothing is new.

    The text of the file itself takes a repair back. Raises PermissionDenied, UnreadableTable.
    """
    if run.by_id != by.pk or run.state != RunState.CHECKED:
        raise PermissionDenied
    found = dict(original_rows(run, [number])).get(number, {})
    known = repairs_of(run).get(number, {})
    is_new = False
    for heading, raw in texts.items():
        text = lines_of(raw[:MAX_CHARACTERS])
        if heading not in found or not can_be_repaired(found[heading]):
            continue
        before = in_text(found[heading])
        if text == known.get(heading, before):
            continue
        is_new = True
        if text == before:
            run.repairs.filter(number=number, heading=heading).delete()
        else:
            ImportRepair.objects.update_or_create(
                run=run, number=number, heading=heading, defaults={"before": before, "after": text}
            )
    return is_new
