"""When an event is, and how it stands today: cancelled, moved, past, full, registration open or not."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from clusterportal.newsroom.models import Contribution

_DAY_AND_MONTH = "MONTH_DAY_FORMAT"


@dataclass(frozen=True)
class EventTimes:
    """In the portal's time zone. `state` says how one takes part; `mark` is the class of the dot before it."""

    begins: datetime
    ends: datetime | None
    last: date  # an end at midnight belongs to the day before
    is_all_day: bool
    is_past: bool
    is_cancelled: bool
    can_register: bool
    state: str
    mark: str
    moved: str  # "moved on 24 November"
    was: str  # the day on which it was to begin before

    @property
    def first(self) -> date:
        return self.begins.date()

    @property
    def is_long(self) -> bool:
        return self.last > self.first

    @property
    def numeral(self) -> str:
        """ "2." or "16–18.", large in the margin."""
        if self.is_long:
            days = {"first": self.first.day, "last": self.last.day}
            return pgettext("days of a month", "%(first)d–%(last)d") % days
        return pgettext("day of a month", "%(day)d") % {"day": self.first.day}

    @property
    def weekdays(self) -> str:
        days = [date_format(day, "D") for day in (self.first, self.last)]
        return "–".join(days) if self.is_long else days[0]

    @property
    def days(self) -> str:
        """ "2 December 2026", or from and to."""
        first, last = (date_format(day, "DATE_FORMAT") for day in (self.first, self.last))
        return _("%(first)s to %(last)s") % {"first": first, "last": last} if self.is_long else first

    @property
    def hours(self) -> str:
        """ "17:00 to 19:00"."""
        if self.is_all_day:
            return _("all day")
        begin = date_format(self.begins, "TIME_FORMAT")
        if self.ends is None:
            return _("from %(time)s") % {"time": begin}
        end = date_format(self.ends, "TIME_FORMAT")
        if self.is_long:
            begin, end = f"{date_format(self.first, 'D')} {begin}", f"{date_format(self.last, 'D')} {end}"
        return _("%(begin)s to %(end)s") % {"begin": begin, "end": end}

    @property
    def zone(self) -> str:
        """The time zone as people call it: in German CET is MEZ."""
        name = self.begins.strftime("%Z")
        return {"CET": pgettext("time zone", "CET"), "CEST": pgettext("time zone", "CEST")}.get(name, name)


def times_of(event: Contribution, *, today: date) -> EventTimes:
    """Of an event that begins. Raises TypeError without a begin."""
    begins, ends = localtime(event.starts_at), localtime(event.ends_at) if event.ends_at else None
    last = ends or begins
    is_past = last.date() < today
    state, mark = _state(event, today=today, is_past=is_past)
    _opens, closes, has_way = registration_of(event)
    waits = mark == "full" and event.has_waiting_list and not (closes and closes < today)
    return EventTimes(
        begins=begins,
        ends=ends,
        last=event.last_day,
        is_all_day=event.is_all_day,
        is_past=is_past,
        is_cancelled=event.cancelled_at is not None,
        can_register=has_way and (mark == "open" or waits),
        state=state,
        mark=mark,
        moved=_("moved on %(day)s") % {"day": _short(localtime(event.moved_at))} if event.moved_at else "",
        was=date_format(localtime(event.moved_from), "DATE_FORMAT") if event.moved_from else "",
    )


def _state(event: Contribution, *, today: date, is_past: bool) -> tuple[str, str]:
    """How one takes part today, in words, and the class of the dot before it."""
    opens, closes, has_way = registration_of(event)
    if event.cancelled_at:
        return _("cancelled on %(day)s") % {"day": _short(localtime(event.cancelled_at))}, "gone"
    if is_past:
        return pgettext("event", "past"), ""
    if event.is_full:
        return _("fully booked, waiting list") if event.has_waiting_list else _("fully booked"), "full"
    if opens and opens > today:
        return _("Registration opens on %(day)s") % {"day": _short(opens)}, ""
    if closes and closes < today:
        return _("Registration closed since %(day)s") % {"day": _short(closes)}, "gone"
    if closes:
        return _("Register by %(day)s") % {"day": _short(closes)}, "open"
    return (_("Registration open"), "open") if has_way else (_("Registration not stated"), "")


def registration_of(event: Contribution) -> tuple[date | None, date | None, bool]:
    """From when, until when, and whether there is a way at all; what is not stated is said by the matchmaking event."""
    meeting = event.matchmaking_event
    if meeting is None or meeting.opened_on is None:
        return event.registration_from, event.registration_until, bool(event.registration_url)
    opens, closes = meeting.opened_on, meeting.wishes_until
    return event.registration_from or opens, event.registration_until or closes, True


def _short(day: date) -> str:
    return date_format(day, _DAY_AND_MONTH)
