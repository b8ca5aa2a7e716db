"""Some months after an event its people, their wishes and their mails are erased; the figures stay."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from clusterportal.core.calendar_days import months_after
from clusterportal.matchmaking.domain.participant_links import VALID_FOR
from clusterportal.matchmaking.domain.states import is_forgotten
from clusterportal.matchmaking.models import Event, Participation, Representative, Wish


@transaction.atomic
def forget_expired(*, today: date) -> int:
    """Erase who came to events that are long over, and who never confirmed; returns how many people."""
    past = Event.objects.filter(day__lt=today, participations__isnull=False).distinct()
    over = [event.pk for event in past if is_forgotten(event, today=today)] + _without_a_day(today)
    Wish.objects.filter(source__event__in=over).delete()
    gone = Representative.objects.filter(participation__event__in=over).delete()[1]
    term = timezone.now() - VALID_FOR - timedelta(days=1)
    unread = Representative.objects.filter(confirmed_at=None, waits_since=None, consent_at__lt=term)
    late = unread.delete()[1]
    empty = Participation.objects.filter(confirmed_at=None, people=None, created_at__lt=term)
    empty.filter(is_taken_out=False).delete()  # whom nobody confirmed
    label = Representative._meta.label
    return gone.get(label, 0) + late.get(label, 0)


def _without_a_day(today: date) -> list[int]:
    """Events that lost their day: there the last registration counts."""
    events = Event.objects.filter(day=None, participations__isnull=False)
    return [
        event.pk
        for event in events.annotate(last=Max("participations__created_at"))
        if months_after(timezone.localdate(event.last), event.forget_after) <= today
    ]
