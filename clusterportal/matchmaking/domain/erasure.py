"""Erasing a person from events: those who register, with their mails."""

from clusterportal.history.erasure import Finding, erasable
from clusterportal.history.mentions import Search
from clusterportal.history.person import Person
from clusterportal.matchmaking.models import MeetingMail, Representative


def _find(search: Search) -> list[Finding]:
    hits = {hit.record for hit in search.within(Representative, "name", "email")}
    people = Representative.objects.filter(pk__in=hits).order_by("pk")
    found = people.select_related("participation__event", "participation__actor").prefetch_related("mails")
    return [
        Finding(
            str(one.pk),
            str(Representative._meta.verbose_name),
            one.name,
            f"{one.participation.event} · {one.participation} · {one.email}",
            places=frozenset(
                [
                    (Representative._meta.db_table, str(one.pk)),
                    *((MeetingMail._meta.db_table, str(mail.pk)) for mail in one.mails.all()),
                ]
            ),
            is_sure=search.person.has_email(one.email),
        )
        for one in found
    ]


def _erase(keys: list[str], person: Person) -> int:
    """The organisation stays registered, and its talks stand: others can come in the person's place."""
    found = Representative.objects.filter(pk__in=keys)
    return found.delete()[1].get(Representative._meta.label, 0)


erasable("representative_at_event", find=_find, erase=_erase)
