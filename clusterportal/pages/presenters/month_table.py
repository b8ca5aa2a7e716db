"""A month of events as a table of days, and the months that follow as a rail."""

import calendar
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterportal.newsroom.models import Contribution
from clusterportal.pages.presenters.event_times import times_of

RAIL_LENGTH = 6  # months that the rail shows at least
MOST_IN_RAIL = 24


@dataclass(frozen=True)
class Day:
    """`count` events stand on it; `are_cancelled`: each of them."""

    day: date
    is_outside: bool  # of the month
    is_today: bool
    count: int
    are_cancelled: bool

    @property
    def label(self) -> str:
        """ "2 December: 1 event", for screen readers."""
        text = ngettext("%(day)s: %(number)d event", "%(day)s: %(number)d events", self.count)
        said = text % {"day": date_format(self.day, "MONTH_DAY_FORMAT"), "number": self.count}
        return _("%(events)s, cancelled") % {"events": said} if self.are_cancelled else said


@dataclass(frozen=True)
class MonthTable:
    month: date  # its first day
    weekdays: list[tuple[str, str]]  # short, whole
    weeks: list[list[Day]]

    @property
    def before(self) -> date:
        return (self.month - timedelta(days=1)).replace(day=1)

    @property
    def after(self) -> date:
        return next_month(self.month)


@dataclass(frozen=True)
class RailMonth:
    month: date
    count: int
    is_current: bool


def next_month(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)


def month_table(month: date, events: Iterable[Contribution], *, today: date) -> MonthTable:
    """`events` are those that stand on days of the month; the week begins on Monday."""
    counts: Counter[date] = Counter()
    standing: Counter[date] = Counter()
    for event in events:
        times = times_of(event, today=today)
        day = max(times.first, month)
        while day <= times.last and day < next_month(month):
            counts[day] += 1
            standing[day] += not times.is_cancelled
            day += timedelta(days=1)
    weeks = [
        [
            Day(day, day.month != month.month, day == today, counts[day], counts[day] > standing[day] == 0)
            for day in week
        ]
        for week in calendar.Calendar().monthdatescalendar(month.year, month.month)
    ]
    names = [(str(WEEKDAYS_ABBR[number]), str(WEEKDAYS[number])) for number in range(7)]
    return MonthTable(month, names, weeks)


def rail(counts: dict[date, int], current: date | None, *, today: date) -> list[RailMonth]:
    """The months from today's on, also those without an event, up to the last one that has some."""
    month = today.replace(day=1)
    shown: list[RailMonth] = []
    last = max([one for one, count in counts.items() if count], default=month)
    while (month <= last or len(shown) < RAIL_LENGTH) and len(shown) < MOST_IN_RAIL:
        shown.append(RailMonth(month, counts.get(month, 0), month == current))
        month = next_month(month)
    return shown
