"""The list of acts that Django's admin keeps beside the history, which knows more: forgotten in time."""

from datetime import timedelta

from django.contrib.admin.models import LogEntry
from django.utils import timezone

LOG_KEPT = timedelta(days=400)  # a year, and time for questions about it


def forget_log() -> int:
    """Delete old entries, which name records and people; returns how many."""
    return LogEntry.objects.filter(action_time__lt=timezone.now() - LOG_KEPT).delete()[0]
