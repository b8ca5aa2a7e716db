"""Contact persons, found and erased with every version of them; and texts that only a person can mend."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from actors.models import Actor, ContactPerson
from clusterportal.core.languages import column_names
from clusterportal.history.changes import event_models
from clusterportal.history.erasure import MOST_FOUND, Finding, Person, erasable, forget_versions

SHORTEST_NAME = 4  # characters; shorter ones stand in the middle of other words
_TEXTS = (*column_names("summary"), *column_names("description"))


def _find(person: Person) -> list[Finding]:
    """Contacts of today and of before: whoever had the name or the address in any version."""
    versions = event_models()[ContactPerson._meta.label_lower].objects
    found = versions.filter(person.match(name="name", email="email"))
    latest = versions.filter(pgh_obj__in=found.values("pgh_obj")).order_by("pgh_obj", "-pgh_id")
    rows = latest.distinct("pgh_obj").values_list("pgh_obj", "name", "email", "actor_id")[:MOST_FOUND]
    rows = list(rows)
    actors = Actor.objects.in_bulk({actor for _pk, _name, _email, actor in rows})
    return [
        Finding(
            str(pk), _("Contact person"), name, " · ".join(filter(None, [str(actors.get(actor, "")), email]))
        )
        for pk, name, email, actor in rows
    ]


def _erase(keys: list[str]) -> int:
    ContactPerson.objects.filter(pk__in=keys).delete()
    forget_versions(ContactPerson, keys)
    return len(keys)


def _mentions(person: Person) -> list[tuple[str, str]]:
    if len(person.name) < SHORTEST_NAME:
        return []
    condition = Q()
    for column in _TEXTS:
        condition |= Q(**{f"{column}__icontains": person.name})
    actors = Actor.objects.filter(condition).by_name()[:MOST_FOUND]
    return [(str(actor), reverse("admin:actors_actor_change", args=[actor.pk])) for actor in actors]


erasable("contact", find=_find, erase=_erase, mentions=_mentions)
