"""Periods of values: half-open [start, until), by the calendar. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clusterportal.kpis.enums import Frequency

_MONTHS = {Frequency.MONTHLY: 1, Frequency.QUARTERLY: 3, Frequency.HALF_YEARLY: 6, Frequency.YEARLY: 12}


@dataclass(frozen=True, order=True)
class Period:
    """From `start` to the day before `until`."""

    start: date
    until: date

    @property
    def last_day(self) -> date:
        return self.until - timedelta(days=1)


def period_of(day: date, frequency: str) -> Period:
    """The period that holds a day."""
    length = _MONTHS[Frequency(frequency)]
    first = day.year * 12 + (day.month - 1) // length * length
    return Period(_month(first), _month(first + length))


def following(period: Period, frequency: str) -> Period:
    return period_of(period.until, frequency)


def last_complete(today: date, frequency: str) -> Period:
    """The newest period that is over."""
    return period_of(period_of(today, frequency).start - timedelta(days=1), frequency)


def name_of(period: Period, frequency: str) -> str:
    """ "2026", "1st half of 2026", "quarter 3 of 2026" or "September 2026"."""
    start = period.start
    if frequency == Frequency.YEARLY:
        return str(start.year)
    if frequency == Frequency.MONTHLY:
        return date_format(start, "F Y")
    number = (start.month - 1) // _MONTHS[Frequency(frequency)] + 1
    words = {"number": number, "year": start.year}
    if frequency == Frequency.QUARTERLY:
        return _("quarter %(number)s of %(year)s") % words
    return _("half-year %(number)s of %(year)s") % words


def _month(number: int) -> date:
    return date(number // 12, number % 12 + 1, 1)
