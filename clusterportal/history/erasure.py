"""Erasing a person (GDPR, article 17): from the records and from every kept version of them.

Each room that holds people says how it finds and erases them (`erasable`). What was done is recorded without the data.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pgtrigger
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import connection, models, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from clusterportal.history.acts import act
from clusterportal.history.changes import event_models
from clusterportal.history.models import Erasure

MOST_FOUND = 200  # records that one search names
ERASED = "erased"


@dataclass(frozen=True)
class Person:
    """Whom to look for; an empty name or address finds nobody by it."""

    name: str
    email: str

    def match(self, *, name: str, email: str) -> Q:
        """Rows whose columns hold the name or the address of the person, in any case."""
        found = Q(pk__in=[])
        if self.name:
            found |= Q(**{f"{name}__iexact": self.name})
        if self.email:
            found |= Q(**{f"{email}__iexact": self.email})
        return found


@dataclass(frozen=True)
class Finding:
    """A record that holds the person: `key` within its room, what kind it is, and how to recognise it."""

    key: str
    kind: str
    title: str
    detail: str = ""


@dataclass(frozen=True)
class Eraser:
    find: Callable[[Person], list[Finding]]
    erase: Callable[[list[str]], int]
    mentions: Callable[[Person], list[tuple[str, str]]] | None


_erasers: dict[str, Eraser] = {}


def erasable(code: str, *, find, erase, mentions=None) -> None:
    """Register how a room finds people and erases the records under the keys that it found (it counts them).

    `mentions`: title and address of texts that name the person; these only a reader can mend.
    """
    _erasers[code] = Eraser(find, erase, mentions)


def find_person(person: Person) -> dict[str, Finding]:
    """Everything that holds the person, by a key that `erase` takes."""
    return {
        f"{code}:{finding.key}": finding
        for code, eraser in _erasers.items()
        for finding in eraser.find(person)[:MOST_FOUND]
    }


def mentions_of(person: Person) -> list[tuple[str, str]]:
    """Texts that name the person: title and address of the page where they are edited."""
    return [text for eraser in _erasers.values() if eraser.mentions for text in eraser.mentions(person)]


@transaction.atomic
def erase(*, keys: Iterable[str], ground: str, by) -> Erasure:
    """Erase the found records and all their versions; returns the record of it. For administrators."""
    if not by.is_superuser:
        raise PermissionDenied
    chosen: dict[str, list[str]] = {}
    for key in keys:
        code, _colon, own = key.partition(":")
        chosen.setdefault(code, []).append(own)
    counts = Counter()
    with act("erasure", by=by):
        for code, own in chosen.items():
            if eraser := _erasers.get(code):
                counts[code] += eraser.erase(own)
    return Erasure.objects.create(by=by, ground=ground, counts=dict(counts))


def forget_versions(model: type[models.Model], pks: Iterable) -> int:
    """Delete all kept versions of records; the only way around the append-only history."""
    event_model = event_models()[model._meta.label_lower]
    with pgtrigger.ignore(f"{event_model._meta.label}:append_only"):
        return QuerySet(event_model).filter(pgh_obj_id__in=list(pks)).delete()[0]


# ---------- accounts ----------
def _find_accounts(person: Person) -> list[Finding]:
    users = get_user_model().objects.filter(person.match(name="username", email="email"))
    if person.name:
        first, _blank, last = person.name.rpartition(" ")
        named = Q(first_name__iexact=first, last_name__iexact=last) if first else Q(last_name__iexact=last)
        users = users | get_user_model().objects.filter(named)
    return [
        Finding(str(user.pk), _("Account"), user.get_username(), user.email)
        for user in users.distinct()[:MOST_FOUND]
    ]


def _erase_accounts(keys: list[str]) -> int:
    """The account stays as an empty shell, so that what it did keeps its place; its name goes, in history too."""
    users = get_user_model().objects.filter(pk__in=keys)
    for user in users:
        user.username, user.email, user.first_name, user.last_name = f"{ERASED}-{user.pk}", "", "", ""
        user.role, user.is_active, user.is_staff, user.is_superuser = "", False, False, False
        user.set_unusable_password()
        user.save()
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE pghistory_context SET metadata = metadata || jsonb_build_object('username', %s::text) "
                "WHERE metadata->>'user' = %s",
                [user.username, str(user.pk)],
            )
    return len(users)


erasable("account", find=_find_accounts, erase=_erase_accounts)
