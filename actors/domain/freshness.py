"""When an entry is stale: one rule for filters, dashboard, reminders and the integrity check."""

from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone

STALE_AFTER = timedelta(days=365)


def stale_before() -> date:
    """What was verified earlier than on this day is stale."""
    return timezone.localdate() - STALE_AFTER


def stale() -> Q:
    """Actors that nobody has verified for twelve months, or ever."""
    return Q(verified_on__isnull=True) | Q(verified_on__lt=stale_before())
