"""Addresses that letters went to, found and erased for a person who asks for it."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clusterportal.history.erasure import MOST_FOUND, Finding, Person, erasable
from clusterportal.quality.models import Reminder


def _find(person: Person) -> list[Finding]:
    if not person.email:
        return []
    letters = Reminder.objects.filter(to__iexact=person.email).select_related("actor")[:MOST_FOUND]
    return [
        Finding(str(one.pk), _("Reminder"), str(one.actor), f"{one.to} · {date_format(one.sent_at)}")
        for one in letters
    ]


def _erase(keys: list[str]) -> int:
    return Reminder.objects.filter(pk__in=keys).update(to="")


erasable("reminder", find=_find, erase=_erase)
