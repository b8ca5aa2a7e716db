"""Erasing a person from events: those who register, with their mails."""

from clusterportal.history.addressed_records import addressed_records
from clusterportal.history.erasure import PersonFinding, erasable
from clusterportal.history.mentions import Search
from clusterportal.history.person import Person
from clusterportal.matchmaking.models import Representative


def _find(search: Search) -> list[PersonFinding]:
    return addressed_records(
        search,
        Representative.objects.select_related("participation__event", "participation__actor"),
        address="email",
        also=("name",),
        kind=str(Representative._meta.verbose_name),
        title=lambda person: person.name,
        detail=lambda person: f"{person.participation.event} · {person.participation} · {person.email}",
        together="mails",
    )


def _erase(keys: list[str], person: Person) -> int:
    """The organisation stays registered, and its talks stand: others can come in the person's place."""
    found = Representative.objects.filter(pk__in=keys)
    return found.delete()[1].get(Representative._meta.label, 0)


erasable("representative_at_event", find=_find, erase=_erase)
