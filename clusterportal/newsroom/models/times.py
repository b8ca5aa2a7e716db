"""The days of an event."""

from datetime import date, datetime, timedelta

from django.utils.timezone import localtime


def last_day_of(starts_at: datetime, ends_at: datetime | None) -> date:
    """In the portal's time zone; an end at midnight belongs to the day before."""
    first = localtime(starts_at).date()
    if ends_at is None:
        return first
    return max(first, (localtime(ends_at) - timedelta(microseconds=1)).date())
