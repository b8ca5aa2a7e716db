"""Receiving a file and finding out how it is read, until what people say about it is complete."""

from dataclasses import asdict
from itertools import islice
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from actors.domain.importing.formats import UnreadableTable, format_of
from actors.domain.importing.headers import filled
from actors.domain.importing.reading import Reading, detect, first_rows, headings, read_table
from clusterportal.imports.domain.nouns import OPEN_DATA, tables_of
from clusterportal.imports.enums import RunState
from clusterportal.imports.models import ImportRun
from clusterportal.imports.rules import may_import

LARGEST = 100 * 1024 * 1024  # bytes
MOST = 200_000  # rows of one import
LARGE = 2_000  # rows from which a job does the work
SAMPLES, SAMPLED_ROWS, SAMPLE_LENGTH = 3, 200, 60


def receive(file, *, noun: str, by) -> ImportRun:
    """Keep an uploaded file and find out how to read it. Raises PermissionDenied, UnreadableTable."""
    if not may_import(by, noun):
        raise PermissionDenied
    if file.size > LARGEST:
        raise UnreadableTable(_("The file is larger than 100 MB. Divide the table into several files."))
    name = Path(file.name).name[-200:]
    run = ImportRun(noun=noun, by=by, file_name=name, language=get_language() or "")
    run.file.save(f"table{''.join(Path(name).suffixes[-2:])[:20]}", file, save=False)
    try:
        reading = Reading(format_of(run.path, name=name))
        run.options = {**asdict(detect(run.path, name_of=tables_of(noun).column_of, given=reading))}
        run.options["profile"] = tables_of(noun).open_data(titles_of(run))
    except UnreadableTable:
        run.file.delete(save=False)
        raise
    run.save()
    return run


def correct_reading(run: ImportRun, *, given: Reading) -> None:
    """Read the file otherwise; what `given` leaves open is found out again. Raises UnreadableTable."""
    tables = tables_of(run.noun)
    reading = detect(run.path, name_of=tables.column_of, given=given)
    run.options = {**run.options, **asdict(reading)}
    run.options["profile"] = tables.open_data(titles_of(run))
    run.options.pop("mapping", None)
    run.state, run.message = RunState.UPLOADED, ""
    run.save(update_fields=["options", "state", "message"])
    run.rows.all().delete()


def map_columns(run: ImportRun, *, options: dict) -> None:
    """Understand the table otherwise; what was decided about its rows is open again."""
    run.options = {**run.options, **options}
    run.save(update_fields=["options"])
    run.rows.exclude(decision="").update(decision="")


def reading_of(run: ImportRun) -> Reading:
    header = run.options.get("header")
    names = ("format", "encoding", "delimiter", "sheet")
    return Reading(
        **{name: run.options.get(name, "") for name in names}, header=tuple(header) if header else None
    )


def titles_of(run: ImportRun) -> list[str]:
    """The headings of the columns; empty where a column has none."""
    return headings(run.path, reading_of(run))


def raw_rows(run: ImportRun, count: int) -> list[list]:
    """The first rows as they stand in the file."""
    return first_rows(run.path, reading_of(run), count)


def table_of(run: ImportRun):
    """The table as the mapping says; with open data as that says."""
    tables, options = tables_of(run.noun), run.options
    if options.get("profile") in OPEN_DATA:
        return read_table(run.path, reading=reading_of(run), name_of=tables.profile(options).column_of)
    name_of = options.get("mapping", {}).get
    return read_table(run.path, reading=reading_of(run), name_of=name_of, is_mapped=True)


def samples_of(run: ImportRun) -> dict[str, list[str]]:
    """A few different values of each column, by heading."""
    found: dict[str, list[str]] = {}
    table = read_table(run.path, reading=reading_of(run), name_of=lambda title: title, is_mapped=True)
    for _number, row in islice(table.rows, SAMPLED_ROWS):
        for title, cell in row.items():
            values = found.setdefault(title, [])
            if filled(cell) and len(values) < SAMPLES and (text := _short(cell)) not in values:
                values.append(text)
    return found


def count_rows(run: ImportRun) -> int:
    """How many rows there are to plan. Raises UnreadableTable when they are more than one import holds."""
    count = sum(1 for _row in islice(table_of(run).rows, MOST + 1))
    if count > MOST:
        text = _("The table has more than %(count)s rows. Divide it into several files.")
        raise UnreadableTable(text % {"count": MOST})
    return count


def _short(cell) -> str:
    text = " ".join(str(cell).split())
    return text if len(text) <= SAMPLE_LENGTH else f"{text[: SAMPLE_LENGTH - 1]}…"
