"""In which state an event is: read from its dates and plans, as of a day."""

from datetime import date

from clusterportal.core.calendar_days import months_after
from clusterportal.matchmaking.enums import EventState
from clusterportal.matchmaking.models import Event


def state_of(event: Event, *, today: date) -> EventState:
    """An event without a day is a draft, or a visit of which the day is not recorded."""
    if is_over(event, today=today):
        return EventState.HELD
    plans = event.plans.all()  # prefetched where many are asked for
    if any(plan.announced_at for plan in plans):
        return EventState.ANNOUNCED
    if plans:
        return EventState.PLANNED
    return EventState.OPEN if takes_registrations(event, today=today) else EventState.DRAFT


def takes_registrations(event: Event, *, today: date) -> bool:
    """From the day on which it opens to the last day for wishes, both included."""
    return bool(event.opened_on and event.wishes_until and event.opened_on <= today <= event.wishes_until)


def is_over(event: Event, *, today: date) -> bool:
    """Whether the day of the event is past."""
    return event.day is not None and event.day < today


def is_forgotten(event: Event, *, today: date) -> bool:
    """Whether the people of the event are to be erased, and their links end."""
    return event.day is not None and months_after(event.day, event.forget_after) <= today
