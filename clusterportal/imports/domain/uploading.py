"""Receiving a file and finding out how it is read, until what people say about it is complete."""

from collections import Counter
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import asdict
from itertools import islice
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from clusterportal.core.scanning import NotClean, check_clean
from clusterportal.imports.domain.nouns import OPEN_DATA, ActorImporter, importer_for
from clusterportal.imports.domain.saved import MAPPED, READING, recognised, taken_over
from clusterportal.imports.enums import RunState
from clusterportal.imports.models import ImportRun
from clusterportal.imports.rules import may_import
from clusterportal.intake.plan import LEFT_OUT
from clusterportal.tables.formats import UnreadableTable
from clusterportal.tables.inspection import ReadOptions
from clusterportal.tables.reader import Examined, SourceTable, examine, read_table
from clusterportal.tables.skipped_lines import filled
from clusterportal.tables.titles import NameOf, Title

MAX_BYTES = 100 * 1024 * 1024
MAX_ROWS = 200_000
JOB_ABOVE_ROWS = 2_000  # a larger table is the work of a job
SAMPLES_A_COLUMN, ROWS_SAMPLED, CHARACTERS_A_SAMPLE = 3, 200, 60


def receive(file, *, noun: str, by, encoding: str = "") -> ImportRun:
    """Keep an uploaded file and find out how to read it; `encoding` where people know it.

    Raises PermissionDenied, UnreadableTable.
    """
    if not may_import(by, noun):
        raise PermissionDenied
    if file.size > MAX_BYTES:
        raise UnreadableTable(_("The file is larger than 100 MB. Divide the table into several files."))
    try:
        check_clean(file)
    except NotClean as error:
        raise UnreadableTable(str(error)) from error
    name = Path(file.name).name[-200:]
    run = ImportRun(noun=noun, by=by, file_name=name, language=get_language() or "")
    run.file.save(f"table{''.join(Path(name).suffixes[-2:])[:20]}", file, save=False)
    try:
        given = ReadOptions(encoding=encoding)
        found = examine(run.path, name_of=importer_for(noun).column_of, name=name, given=given)
        run.options = asdict(found.options)
        _understand(run, found.titles)
    except UnreadableTable:
        run.file.delete(save=False)
        raise
    run.save()
    return run


def correct_reading(run: ImportRun, *, given: ReadOptions) -> None:
    """Read the file otherwise; what `given` leaves open is found out again, and what was done to its rows is gone.

    Raises UnreadableTable.
    """
    tables = importer_for(run.noun)
    found = examine(run.path, name_of=tables.column_of, given=given, name=run.file_name)
    if found.options == read_options_of(run) and run.rows.exists():
        return
    run.options = {**run.options, **asdict(found.options)}
    _understand(run, found.titles)
    run.state, run.message = RunState.UPLOADED, ""
    run.save(update_fields=["options", "state", "message"])
    run.rows.all().delete()
    run.repairs.all().delete()  # rows have other numbers, or other cells


def _understand(run: ImportRun, titles: Sequence[str]) -> None:
    """Take the table for open data, or for one of a saved mapping, where its headings say so."""
    for key in (*MAPPED, "recognised"):
        run.options.pop(key, None)
    run.options["profile"] = importer_for(run.noun).open_data(titles)
    if not run.options["profile"] and (found := recognised(titles, noun=run.noun, by=run.by)):
        run.options["recognised"] = found.profile.name
        if found.is_whole:
            reading = {
                key: run.options.get(key) for key in READING
            }  # as this file is read, not the one before
            run.options |= taken_over(found.profile, run.options, titles) | reading


def map_columns(run: ImportRun, *, options: dict) -> None:
    """Understand the table otherwise; which actor a row means is open again, what is left out or repaired stays."""
    run.options = {**run.options, **options}
    run.save(update_fields=["options"])
    run.rows.exclude(decision__in=["", LEFT_OUT]).update(decision="")


def read_options_of(run: ImportRun) -> ReadOptions:
    header = run.options.get("header")
    names = ("format", "encoding", "delimiter", "sheet")
    return ReadOptions(
        **{name: run.options.get(name, "") for name in names}, header=tuple(header) if header else None
    )


def examined(run: ImportRun) -> Examined:
    """A look at the file: its sheets, its first rows as they stand, its headings. Raises UnreadableTable."""
    return examine(
        run.path, name_of=importer_for(run.noun).column_of, given=read_options_of(run), name=run.file_name
    )


def titles_of(run: ImportRun) -> list[Title]:
    """The headings of the columns; empty where a column has none. Raises UnreadableTable."""
    return examined(run).titles


def table_of(run: ImportRun, *, is_brief: bool = False) -> SourceTable:
    """The table as the mapping says; with open data as that says. `is_brief`: for somebody who waits for a page."""
    return read_table(run.path, options=read_options_of(run), name_of=column_finder(run), is_brief=is_brief)


def column_finder(run: ImportRun) -> NameOf:
    """Says which column a heading of the table means; nothing for one that is not imported."""
    if run.options.get("profile") in OPEN_DATA:
        return ActorImporter.profile(run.options).column_of  # no other tables are open data
    return run.options.get("mapping", {}).get


def cells_of(run: ImportRun, look: Examined) -> dict[str, Counter[str]]:
    """The texts of each column in the first rows, by heading, with how often each stands there.

    Fewer, or none, where the file cannot be read so far.
    """
    found: dict[str, Counter[str]] = {title: Counter() for title in look.titles if title}
    table = read_table(run.path, found=look, name_of=lambda title: title, is_brief=True)
    # They only help to map the columns. The check of all rows says what cannot be read, and in which line.
    with closing(iter(table.rows)) as rows, suppress(UnreadableTable):
        for _number, row in islice(rows, ROWS_SAMPLED):
            for title, cell in row.items():
                if title in found and filled(cell):
                    found[title][str(cell)] += 1
    return found


def samples_of(cells: dict[str, Counter[str]]) -> dict[str, list[str]]:
    """A few different values of each column, by heading, in the order of the table."""
    return {
        title: [*dict.fromkeys(map(_short, islice(texts, SAMPLES_A_COLUMN)))]
        for title, texts in cells.items()
    }


def count_rows(run: ImportRun, *, at_most: int | None = None) -> int:
    """How many rows there are to plan, counted up to `at_most` for somebody who waits for a page.

    Raises UnreadableTable, also when they are more than one import holds.
    """
    with closing(iter(table_of(run, is_brief=at_most is not None).rows)) as rows:
        count = sum(1 for _row in islice(rows, at_most or MAX_ROWS + 1))
    if count > MAX_ROWS:
        text = _("The table has more than %(count)s rows. Divide it into several files.")
        raise UnreadableTable(text % {"count": MAX_ROWS})
    return count


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= CHARACTERS_A_SAMPLE else f"{text[: CHARACTERS_A_SAMPLE - 1]}…"
