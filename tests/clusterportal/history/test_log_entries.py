"""The admin's own list of acts is forgotten in time; the history stays."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from clusterportal.history.log_entries import LOG_KEPT, forget_log
from tests.factories import make_person

pytestmark = pytest.mark.django_db


def test_old_entries_go():
    person, now, day = make_person("administrator"), timezone.now(), timedelta(days=1)
    for name, age in (("alt", LOG_KEPT + day), ("neu", LOG_KEPT - day)):
        LogEntry.objects.create(user=person, object_repr=name, action_flag=2, action_time=now - age)
    assert forget_log() == 1
    assert list(LogEntry.objects.values_list("object_repr", flat=True)) == ["neu"]
