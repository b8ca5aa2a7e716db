"""A person's talks as a calendar file: an entry keeps its UID, and each change raises its number (RFC 5545, 5546)."""

from django.utils.translation import gettext as _
from icalendar import Event as Entry

from clusterportal.core.calendars import new_calendar, new_entry, uid_at_host, written
from clusterportal.matchmaking.domain.talks_of_person import appointments_of, called_off
from clusterportal.matchmaking.models import Participation, Representative, SchedulePlan, Talk


def calendar_of(person: Representative, *, plan: SchedulePlan | None) -> bytes:
    """The person's talks in the event's time zone, and as cancelled what was announced once and does not stand."""
    calendar = new_calendar()
    if plan:
        for own in appointments_of(person, plan=plan):
            calendar.add_component(_entry(own.talk, own.partner, plan))
        for talk in called_off(person.participation, plan=plan):
            entry = _entry(talk, talk.partner_of(person.participation), plan, raised=1)
            entry.add("status", "CANCELLED")
            calendar.add_component(entry)
    return written(calendar)


def _entry(talk: Talk, partner: Participation, plan: SchedulePlan, *, raised: int = 0) -> Entry:
    assert plan.announced_at is not None
    entry = new_entry(uid_at_host(talk.uid), sequence=talk.sequence + raised, stamp=plan.announced_at)
    entry.add("dtstart", talk.slot.begins_at)
    entry.add("dtend", talk.slot.ends_at)
    entry.add("summary", _("Talk with %(partner)s") % {"partner": partner})
    entry.add("description", str(plan.event))
    where = _("Table %(number)d") % {"number": talk.table}
    entry.add("location", ", ".join(filter(None, [where, plan.event.place])))
    return entry
