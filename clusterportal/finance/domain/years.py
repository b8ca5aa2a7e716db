"""The years of a cluster's budget as plain values, and where they stand on a documented path."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from clusterportal.clusters.models import Cluster
from clusterportal.finance.domain.shares import Sums, break_even, sums
from clusterportal.finance.enums import IncomeSource
from clusterportal.finance.models import Budget, BudgetLine, PathPoint

FULL = Decimal(100)


@dataclass(frozen=True)
class SourceInYear:
    """One source in one year; None where an amount is not recorded."""

    source: str
    is_public: bool
    label: str
    plan: Decimal | None
    actual: Decimal | None


@dataclass(frozen=True)
class Year:
    """One year in one currency. `point` is where the management placed it on the documented path."""

    year: int
    currency: str
    lines: tuple[SourceInYear, ...]
    point: int | None = None
    is_example: bool = False

    @property
    def plan(self) -> Sums | None:
        return sums((line.is_public, line.plan) for line in self.lines)

    @property
    def actual(self) -> Sums | None:
        return sums((line.is_public, line.actual) for line in self.lines)

    @property
    def is_booked(self) -> bool:
        """Has every line its actual amount? A year that is half booked has no shares yet."""
        return bool(self.lines) and all(line.actual is not None for line in self.lines)

    @property
    def booked(self) -> Sums | None:
        """The actual sums of a year that is booked as a whole."""
        return self.actual if self.is_booked else None

    def by_source(self) -> dict[str, Decimal]:
        """Actual amounts of the four sources; own and publicly funded projects are one."""
        found: dict[str, Decimal] = {}
        for line in self.lines:
            if line.actual is not None:
                found[line.source] = found.get(line.source, Decimal(0)) + line.actual
        return found


@dataclass(frozen=True)
class Path:
    """A documented path: own share in per cent by point; `even` is its first point with at least half."""

    own: dict[int, Decimal]
    evidence: str = ""
    is_example: bool = False

    @property
    def even(self) -> int | None:
        return break_even((point, Sums(share, FULL - share)) for point, share in sorted(self.own.items()))


def years_of(cluster: Cluster) -> list[Year]:
    """The last years of a cluster, oldest first; two queries."""
    newest = [year_of(budget, budget.lines.all()) for budget in Budget.objects.newest_of(cluster)]
    return newest[::-1]


def year_of(budget: Budget, lines: Iterable[BudgetLine]) -> Year:
    """A budget with `lines` as plain values, in the order in which sources stand everywhere."""
    return Year(
        year=budget.year,
        currency=budget.currency,
        lines=tuple(
            SourceInYear(line.source, line.is_public, line.label, line.plan, line.actual)
            for line in sorted(lines, key=_order)
        ),
        point=budget.point,
        is_example=budget.is_example,
    )


def path_of(cluster: Cluster) -> Path:
    """The documented path that a cluster compares itself with; without points where it has none."""
    points = list(PathPoint.objects.filter(cluster=cluster))
    return Path(
        own={point.position: point.own_share for point in points},
        evidence="; ".join(dict.fromkeys(point.evidence for point in points)),
        is_example=any(point.is_example for point in points),
    )


def points_of(years: Sequence[Year]) -> dict[int, int]:
    """On which point of the path each year stands.

    A year that the management placed takes the years after it along, up to the next one it placed; the first also
    those before. Where it placed none, the first year with a booked amount stands on point 1. On a point stands one
    year: a year that would be taken to a point that is held already stands on none.
    """
    placed = {year.year: year.point for year in years if year.point is not None}
    if not placed:
        first = next((year.year for year in years if year.actual is not None), None)
        placed = {} if first is None else {first: 1}
    found = dict(placed)
    for year in years:
        if year.year in placed:
            continue
        anchors = [other for other in placed if other <= year.year] or list(placed)[:1]
        for anchor in anchors[-1:]:
            point = placed[anchor] + year.year - anchor
            if point >= 1 and point not in found.values():
                found[year.year] = point
    return found


def latest_booked(years: Sequence[Year], *, until: int) -> Year | None:
    """The newest year up to `until` that is booked as a whole."""
    return next((year for year in reversed(years) if year.year <= until and year.booked), None)


_SOURCES = list(IncomeSource)


def _order(line: BudgetLine) -> tuple[int, bool]:
    return _SOURCES.index(IncomeSource(line.source)), line.is_publicly_funded
