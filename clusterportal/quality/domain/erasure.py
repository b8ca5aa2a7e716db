"""Addresses of sent reminders: found and erased for a person who asks for erasure."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clusterportal.history.addressed_records import addressed_records
from clusterportal.history.erasure import PersonFinding, erasable
from clusterportal.history.mentions import Search
from clusterportal.history.person import Person
from clusterportal.quality.models import Reminder


def _find(search: Search) -> list[PersonFinding]:
    return addressed_records(
        search,
        Reminder.objects.select_related("actor"),
        address="to",
        kind=_("Reminder"),
        title=lambda reminder: reminder.actor,
        detail=lambda reminder: f"{reminder.to} · {date_format(reminder.sent_at)}",
    )


def _erase(keys: list[str], person: Person) -> int:
    return Reminder.objects.filter(pk__in=keys).update(to="")


erasable("reminder", find=_find, erase=_erase)
