"""Addresses of sent reminders: found and erased for a person who asks for erasure."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clusterportal.history.erasure import Finding, erasable
from clusterportal.history.mentions import Search
from clusterportal.history.person import Person
from clusterportal.quality.models import Reminder


def _find(search: Search) -> list[Finding]:
    hits = {hit.record: hit for hit in search.within(Reminder, "to")}
    letters = Reminder.objects.filter(pk__in=hits).select_related("actor").order_by("pk")
    return [
        Finding(
            str(one.pk),
            _("Reminder"),
            str(one.actor),
            f"{one.to} · {date_format(one.sent_at)}",
            places=frozenset([hits[str(one.pk)].place]),
            is_sure=search.person.has_email(one.to),
        )
        for one in letters
    ]


def _erase(keys: list[str], person: Person) -> int:
    return Reminder.objects.filter(pk__in=keys).update(to="")


erasable("reminder", find=_find, erase=_erase)
