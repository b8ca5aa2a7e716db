"""Days some months or years away, in a calendar whose months differ in length."""

from calendar import monthrange
from datetime import date

MONTHS_A_YEAR = 12


def months_after(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where that has no such day (31 January: 28 February).

    Beyond the end of the calendar, in the year 9999, its last day.
    """
    count = day.year * MONTHS_A_YEAR + day.month - 1 + months
    year, month = divmod(count, MONTHS_A_YEAR)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def year_before(day: date) -> date:
    """The same day of the year before; 28 February for 29 February."""
    return months_after(day, -MONTHS_A_YEAR)
