"""Plan and actual beside each other: a year as a whole and source by source. Pure; nothing is rounded here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from clusterportal.finance.domain.shares import HUNDRED, Sums
from clusterportal.finance.domain.years import Year


@dataclass(frozen=True)
class Compared:
    """What was planned and what came; None where it is not recorded."""

    plan: Decimal | None
    actual: Decimal | None
    is_whole: bool = True  # False: some of it is not booked yet

    @property
    def gap(self) -> Decimal | None:
        """Actual less plan; None while either is missing or only a part is booked."""
        if self.plan is None or self.actual is None or not self.is_whole:
            return None
        return self.actual - self.plan


def sums_of(year: Year) -> Compared:
    """All sources of the year together; lines without a plan count as actual alone."""
    return Compared(_total(year.plan), _total(year.actual), year.is_booked)


def own_share_of(year: Year) -> Compared:
    """The own share of the year in per cent; of a year that is half booked only the planned one."""
    return Compared(_percent(year.plan), _percent(year.booked))


def by_source(year: Year) -> list[tuple[str, Compared]]:
    """The sources of the year by their names, in their usual order."""
    return [(line.label, Compared(line.plan, line.actual)) for line in year.lines]


def year_in_hand(years: Sequence[Year], *, current: int) -> Year | None:
    """The current year, or else the last one before it, or else the next one that is planned."""
    before = [year for year in years if year.year <= current]
    return next(iter([*reversed(before), *years]), None)


def with_lines(years: Iterable[Year]) -> list[Year]:
    """The years of which an amount is recorded, the newest first."""
    return sorted((year for year in years if year.plan or year.actual), key=lambda year: -year.year)


def _total(found: Sums | None) -> Decimal | None:
    return None if found is None else found.total


def _percent(found: Sums | None) -> Decimal | None:
    return None if found is None or found.own_share is None else found.own_share * HUNDRED
