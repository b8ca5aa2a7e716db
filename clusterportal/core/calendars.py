"""Calendar files (RFC 5545): what agendas of talks and calendars of events have in common."""

from datetime import UTC, datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from icalendar import Calendar, Event, Timezone

MEDIA_TYPE = "text/calendar; charset=utf-8"
# Summer time since Directive 2000/84/EC, as a rule: a list of days ends one day, and not every program reads lists.
TIME_ZONE = """BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE
"""


def new_calendar() -> Calendar:
    """A calendar without entries that says what is: it invites nobody and asks for no answer."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.SITE_NAME}//clusterportal//")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    return calendar


def uid_at_host(uid: UUID) -> str:
    """As agendas were given out from the beginning: with the host of the portal."""
    return f"{uid}@{urlsplit(settings.SITE_URL).hostname}"


def new_entry(uid: str, *, sequence: int, stamp: datetime) -> Event:
    """An entry that keeps its UID; a higher `sequence` replaces what a calendar holds. `stamp` is the row's.

    With the moment of asking instead, an unchanged calendar would never be the same twice.
    """
    entry = Event()
    entry.add("uid", uid)
    entry.add("sequence", sequence)
    entry.add("dtstamp", stamp.astimezone(UTC))
    return entry


def written(calendar: Calendar) -> bytes:
    """The file, with the rules of every time zone that its entries name: some programs know none themselves."""
    if settings.TIME_ZONE in calendar.get_missing_tzids():
        calendar.subcomponents.insert(0, Timezone.from_ical(TIME_ZONE))
    return calendar.to_ical()
