"""The list of acts that Django's admin keeps beside the history, which knows more: forgotten in time."""

from django.contrib.admin.models import LogEntry
from django.utils import timezone

from clusterportal.core.retention import A_YEAR_AND_QUESTIONS

LOG_KEPT = A_YEAR_AND_QUESTIONS


def forget_log() -> int:
    """Delete old entries, which name records and people; returns how many."""
    return LogEntry.objects.filter(action_time__lt=timezone.now() - LOG_KEPT).delete()[0]
