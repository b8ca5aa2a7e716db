"""Calendar files (RFC 5545): what agendas of talks and calendars of events have in common."""

from datetime import UTC, datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from icalendar import Calendar, Event

MEDIA_TYPE = "text/calendar; charset=utf-8"


def new_calendar() -> Calendar:
    """A calendar without entries that says what is: it invites nobody and asks for no answer."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.SITE_NAME}//clusterportal//")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    return calendar


def new_entry(uid: UUID, *, sequence: int, stamp: datetime) -> Event:
    """An entry that keeps its UID; a higher `sequence` replaces what a calendar holds. `stamp` is the row's.

    With the moment of asking instead, an unchanged calendar would never be the same twice.
    """
    entry = Event()
    entry.add("uid", f"{uid}@{urlsplit(settings.SITE_URL).hostname}")
    entry.add("sequence", sequence)
    entry.add("dtstamp", stamp.astimezone(UTC))
    return entry


def written(calendar: Calendar) -> bytes:
    """The file, with the rules of every time zone that its entries name: some programs know none themselves."""
    calendar.add_missing_timezones()
    return calendar.to_ical()
