"""Only the invalid rows, in the columns of the table: repaired in a spreadsheet they can be uploaded again."""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from clusterportal.imports.domain.nouns import importer_for
from clusterportal.imports.domain.repairs import can_be_repaired, original_rows, original_table, repairs_of
from clusterportal.imports.models import ImportRun
from clusterportal.intake.plan import Outcome


@dataclass(frozen=True)
class InvalidTable:
    """The headings of the file and one for the reasons; rows with the cells of the file, and repaired ones."""

    headings: list[str]
    rows: Iterator[list]


def invalid_table(run: ImportRun) -> InvalidTable:
    """The invalid rows of a checked or finished import. Raises UnreadableTable."""
    old = {heading.casefold() for heading in _headings_of_reasons()}
    headings = [heading for heading in original_table(run).columns if heading.casefold() not in old]
    return InvalidTable([*headings, reasons_heading()], _rows(run, headings))


def reasons_heading() -> str:
    """Stands above the reasons. It means no field, so that the column is passed over when the table comes back."""
    return _("Why it was not imported")


def _headings_of_reasons() -> Iterator[str]:
    for language, _label in settings.LANGUAGES:
        with override(language):
            yield reasons_heading()


def _rows(run: ImportRun, headings: list[str]) -> Iterator[list]:
    label = importer_for(run.noun).label
    reasons: dict[int, list[str]] = defaultdict(list)
    invalid = run.rows.filter(outcome=Outcome.INVALID).values_list("number", "problems")
    for number, problems in invalid.iterator(chunk_size=2_000):
        for column, value, reason in problems:
            shown = f" “{value}”" if value and value not in reason else ""
            reasons[number].append(f"{label(column)}{shown}: {reason}" if column else reason)
        reasons.setdefault(number, [])
    repairs = repairs_of(run)
    for number, cells in original_rows(run, reasons.keys()):
        now = cells | repairs.get(number, {})
        yield [*(_plain(now.get(heading)) for heading in headings), " ".join(reasons[number])]


def _plain(cell):
    return cell if can_be_repaired(cell) else json.dumps(cell, ensure_ascii=False, default=str)
