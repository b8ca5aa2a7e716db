"""Events as a calendar to subscribe to, and one of them as a file (RFC 5545, 7986)."""

from collections.abc import Iterable
from datetime import UTC, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from icalendar import Event as Entry

from clusterportal.core.calendars import new_calendar, new_entry, written
from clusterportal.core.languages import language_shown
from clusterportal.newsroom.domain.wording import headline_of, missing_language_of
from clusterportal.newsroom.models import Contribution, WithdrawnEvent

MOST_EVENTS = 1000  # of a calendar, the latest ones
REFRESHED_EVERY = timedelta(hours=6)


def calendar_of(
    events: Iterable[Contribution], *, name: str, withdrawn: Iterable[WithdrawnEvent] = ()
) -> bytes:
    """The events `in_calendars().with_names()` under a name; the same bytes as long as their rows are the same.

    Those that were withdrawn are cancelled: a calendar that no longer names an event leaves it with who has it.
    """
    calendar = new_calendar()
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    calendar.add("refresh-interval", REFRESHED_EVERY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")  # the same for Outlook
    for event in events:
        calendar.add_component(_entry(event))
    for gone in withdrawn:
        calendar.add_component(_cancelled(gone))
    return written(calendar)


def _entry(event: Contribution) -> Entry:
    entry = new_entry(str(event.uid), sequence=event.sequence, stamp=event.updated_at)
    entry.add("last-modified", event.updated_at.astimezone(UTC))
    entry.add("created", event.created_at.astimezone(UTC))
    _add_times(entry, event)
    language = {"LANGUAGE": language_shown(event, "title") or get_language()}
    entry.add("summary", headline_of(event), parameters=language)
    entry.add("status", "CANCELLED" if event.cancelled_at else "CONFIRMED")
    entry.add("url", _page(event))
    organiser = str(event.public_organiser or event.organiser_words)
    optional = {
        "location": event.place or event.online_url,
        "contact": organiser,
        "description": _description(event),
    }
    for name, text in optional.items():
        if text:
            entry.add(name, text)
    entry.add("categories", [event.get_event_kind_display(), *(area.name for area in event.areas.all())])
    return entry


def _cancelled(event: WithdrawnEvent) -> Entry:
    """What everybody knew of it by its row, and nothing else."""
    entry = new_entry(str(event.uid), sequence=event.sequence, stamp=event.withdrawn_at)
    _add_times(entry, event)
    title = _("Cancelled: %(title)s") % {"title": event.title}
    language = language_shown(event, "title") or get_language()
    entry.add("summary", title, parameters={"LANGUAGE": language})
    entry.add("status", "CANCELLED")
    return entry


def _add_times(entry: Entry, event: Contribution | WithdrawnEvent) -> None:
    """Times in the portal's zone. A whole day is a date, and the end of days is the first one after them."""
    begins, ends = (at and timezone.localtime(at) for at in (event.starts_at, event.ends_at))
    assert begins is not None  # of an event
    if event.is_all_day:
        entry.add("dtstart", begins.date())
        entry.add("dtend", event.last_day + timedelta(days=1))
        return
    entry.add("dtstart", begins)
    if ends:
        entry.add("dtend", ends)


def _description(event: Contribution) -> str:
    lines = [missing_language_of(event), event.lead]
    if event.place and event.online_url:
        lines.append(_("Online: %(url)s") % {"url": event.online_url})
    if event.registration_url and not event.cancelled_at:
        lines.append(_("Registration: %(url)s") % {"url": event.registration_url})
    return "\n\n".join(filter(None, lines))


def _page(event: Contribution) -> str:
    return f"{settings.SITE_URL}{event.get_absolute_url()}"
