"""Which values are missing: periods that are over, of indicators that people enter."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from clusterportal.kpis.domain.periods import Period, following, last_complete, period_of
from clusterportal.kpis.models import Kpi

MOST_PERIODS = 3  # of one indicator at once: the newest; older gaps stay gaps


@dataclass(frozen=True)
class Due:
    """A value that somebody is to enter; it is due on the day after the period."""

    kpi: Kpi
    period: Period

    @property
    def due_on(self) -> date:
        return self.period.until


def missing_periods(starts: Iterable[date], frequency: str, *, today: date) -> list[Period]:
    """The periods without a value, oldest first: those after the newest value up to the last that is over.

    Without any value, the last that is over alone: nobody asks for years in which nothing was measured.
    """
    last = last_complete(today, frequency)
    known = [start for start in starts if start <= last.start]
    if not known:
        return [last]
    found, period = [], following(period_of(max(known), frequency), frequency)
    while period <= last:
        found.append(period)
        period = following(period, frequency)
    return found[-MOST_PERIODS:]


def due_of(kpis: Iterable[Kpi], *, today: date) -> list[Due]:
    """What is due of indicators with their `values` prefetched, the oldest first."""
    found = [
        Due(kpi, period)
        for kpi in kpis
        if not kpi.is_computed
        for period in missing_periods((one.starts_on for one in kpi.values.all()), kpi.frequency, today=today)
    ]
    return sorted(found, key=lambda one: (one.due_on, one.kpi.position, one.kpi.code))
