"""Budgets as a table, a line a source and year: written and read in the same columns."""

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from itertools import islice
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from clusterportal.clusters.models import Cluster
from clusterportal.finance.enums import IncomeSource
from clusterportal.finance.models import Budget, BudgetLine
from clusterportal.tables.body_rows import EXTRA_CELLS, SKIPPED_LINE, TableRow
from clusterportal.tables.formats import UnreadableTable
from clusterportal.tables.reader import read_table
from clusterportal.tables.skipped_lines import SkippedLine
from clusterportal.tables.unreadable_cells import UnreadableCell

COLUMNS = ("cluster", "year", "currency", "source", "publicly_funded", "plan", "actual", "evidence")
_NEEDED = ("cluster", "year", "source")
MOST_ROWS = 5000
# Groups of three digits with one mark between them all, then the other mark before a fraction; or no groups.
_AMOUNT = re.compile(r"[-−]?(?:\d+(?:[.,]\d+)?|\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?)")
_YES = {"1", "yes", "ja", "true"}


class TableError(ValueError):
    """The table cannot be taken as it is; `problems` are (row number, reason), row 0 for the whole of it."""

    def __init__(self, problems: list[tuple[int, str]]):
        super().__init__("; ".join(reason for _row, reason in problems))
        self.problems = problems


def rows_of(budget: Budget) -> Iterator[list]:
    """The lines of one budget under `COLUMNS`."""
    for line in budget.lines.all():
        yield [
            budget.cluster.slug,
            budget.year,
            budget.currency,
            line.source,
            int(line.is_publicly_funded),
            "" if line.plan is None else str(line.plan),
            "" if line.actual is None else str(line.actual),
            line.evidence,
        ]


@transaction.atomic
def take_table(path: Path, *, by) -> int:
    """Write the lines of a table, those that are there already with what it says; returns how many were written.

    Clusters are those of the person. A table states what it names: an empty cell empties, other lines stay.
    Raises TableError with every row that is wrong, and writes nothing then.
    """
    rows = _rows(path)
    taking = _Taking(by)
    problems = []
    for number, row in rows:
        try:
            with transaction.atomic():
                taking.take(_cells(row))
        except (ValueError, ValidationError) as error:
            reasons = error.messages if isinstance(error, ValidationError) else [str(error)]
            problems.append((number, " ".join(reasons)))
    if problems:
        raise TableError(problems)
    return len(rows)


def _rows(path: Path) -> list[tuple[int, TableRow]]:
    try:
        table = read_table(path, name_of=_column_of, is_brief=True)
        if missing := [name for name in _NEEDED if name not in table.columns]:
            raise TableError([(0, _("Columns are missing: %(names)s.") % {"names": ", ".join(missing)})])
        rows = [*islice(table.rows, MOST_ROWS + 1)]
    except UnreadableTable as error:
        raise TableError([(0, str(error))]) from error
    if len(rows) > MOST_ROWS:
        raise TableError([(0, _("More than %(most)s rows.") % {"most": MOST_ROWS})])
    return rows


def _column_of(title: object) -> str | None:
    name = str(title).strip().lower()
    return name if name in COLUMNS else None


def _cells(row: TableRow) -> dict[str, str]:
    """The cells of a row as text. Raises ValueError where they are not those of one line."""
    if isinstance(skipped := row.get(SKIPPED_LINE), SkippedLine):
        raise ValueError(skipped.reason)
    if width := row.get(EXTRA_CELLS):
        reason = _("The row has %(cells)s cells, more than the header. Is there a delimiter in a text?")
        raise ValueError(reason % {"cells": width})
    if broken := next((cell for cell in row.values() if isinstance(cell, UnreadableCell)), None):
        raise ValueError(str(broken.reason))
    return {column: "" if cell is None else str(cell).strip() for column, cell in row.items()}


class _Taking:
    """Rows on their way into budgets of the clusters that a person reaches."""

    def __init__(self, by):
        self.clusters = {one.slug: one for one in Cluster.objects.curated_by(by).only("slug")}
        self.seen: set[tuple] = set()
        self.currencies: dict[tuple, str] = {}

    def take(self, row: dict[str, str]) -> None:
        cluster = self.clusters.get(row["cluster"])
        if cluster is None:
            raise ValueError(_("“%(slug)s” is none of your clusters.") % {"slug": row["cluster"]})
        if row["source"] not in IncomeSource.values:
            known = {"source": row["source"], "known": ", ".join(IncomeSource.values)}
            raise ValueError(_("“%(source)s” is no source. Known: %(known)s.") % known)
        if not re.fullmatch(r"\d{4}", row["year"]):
            raise ValueError(_("“%(year)s” is no year.") % {"year": row["year"]})
        is_public = row.get("publicly_funded", "").lower() in _YES
        key = (cluster.pk, int(row["year"]), row["source"], is_public)
        if key in self.seen:
            raise ValueError(_("This source stands in the table twice for the year."))
        self.seen.add(key)
        budget = self._budget(cluster, key[1], row.get("currency", "").upper())
        line = BudgetLine.objects.filter(
            budget=budget, source=row["source"], is_publicly_funded=is_public
        ).first() or BudgetLine(budget=budget, source=row["source"], is_publicly_funded=is_public)
        for name in ("plan", "actual"):
            if name in row:
                setattr(line, name, amount_of(row[name]))
        line.evidence = row.get("evidence", line.evidence)
        line.full_clean()
        line.save()

    def _budget(self, cluster: Cluster, year: int, currency: str) -> Budget:
        """The budget of the year. Raises ValueError where it is kept in another currency."""
        budget = Budget.objects.filter(cluster=cluster, year=year).first()
        if budget is None:
            budget = Budget(cluster=cluster, year=year, currency=currency or "EUR")
            budget.full_clean()
            budget.save()
        elif currency and currency != budget.currency:
            words = {"year": year, "kept": budget.currency, "given": currency}
            raise ValueError(
                _("%(year)s is kept in %(kept)s, the row says %(given)s; nothing is converted.") % words
            )
        return budget


def amount_of(cell: str) -> Decimal | None:
    """The amount in a cell, German or English: 1.234,50 or 1,234.50 or 1234.5; None for an empty one.

    Raises ValueError for anything else, also for one mark before three digits, which may be either (1.234).
    """
    text = re.sub(r"[\s\u00a0\u202f€]", "", cell)
    if not text:
        return None
    marks = re.findall("[.,]", text)
    if not _AMOUNT.fullmatch(text):
        raise ValueError(_("“%(cell)s” is no amount.") % {"cell": cell})
    if len(marks) == 1 and re.search(r"[.,]\d{3}$", text):
        raise ValueError(_("“%(cell)s” can be read in two ways: write 1234 or 1234.00.") % {"cell": cell})
    is_last_decimal = marks and (len(marks) == 1 or marks[-1] != marks[0])
    whole, _mark, fraction = text.rpartition(marks[-1]) if is_last_decimal else (text, "", "0")
    try:
        return Decimal(f"{re.sub('[.,]', '', whole)}.{fraction}".replace("−", "-"))
    except InvalidOperation as error:
        raise ValueError(_("“%(cell)s” is no amount.") % {"cell": cell}) from error
