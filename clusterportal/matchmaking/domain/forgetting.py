"""Some months after an event its people, their wishes and their mails are erased; the figures stay."""

from calendar import monthrange
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from clusterportal.matchmaking.domain.links import VALID_FOR
from clusterportal.matchmaking.models import Event, Participation, Representative, Wish


@transaction.atomic
def forget_expired(*, today: date) -> int:
    """Erase who came to events that are long over, and who never confirmed; returns how many people."""
    over = [
        event.pk
        for event in Event.objects.filter(day__lt=today, participations__isnull=False).distinct()
        if event.day and months_after(event.day, event.forget_after) <= today
    ]
    Wish.objects.filter(source__event__in=over).delete()
    gone = Representative.objects.filter(participation__event__in=over).delete()[1]
    term = timezone.now() - VALID_FOR - timedelta(days=1)
    late = Representative.objects.filter(confirmed_at=None, consent_at__lt=term).delete()[1]
    empty = Participation.objects.filter(confirmed_at=None, people=None, created_at__lt=term)
    empty.delete()  # whom nobody confirmed
    label = Representative._meta.label
    return gone.get(label, 0) + late.get(label, 0)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
