"""Contact persons who never agreed are deleted in time; of the removed ones every version goes, later."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from actors.domain.contact_retention import DELETED_KEPT, WITHOUT_CONSENT, forget_contacts
from actors.models import ContactPerson
from clusterportal.history.changes import versions_of
from tests.factories import make_actor

pytestmark = pytest.mark.django_db


def _age(table: str, column: str, days: timedelta, **of) -> None:
    """Make rows older, past the triggers that keep times and versions as they are."""
    name, value = next(iter(of.items()))
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(f"UPDATE {table} SET {column} = %s WHERE {name} = %s", [timezone.now() - days, value])
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def test_who_never_agreed_goes_with_every_version():
    actor, day = make_actor(), timedelta(days=1)
    asked, agreed, fresh = (
        ContactPerson.objects.create(actor=actor, name=name, consent_on=consent)
        for name, consent in (("Alt", None), ("Ja", date(2020, 1, 1)), ("Neu", None))
    )
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for one, age in (
        (asked, WITHOUT_CONSENT + day),
        (agreed, WITHOUT_CONSENT + day),
        (fresh, WITHOUT_CONSENT - day),
    ):
        _age("actors_contactperson", "updated_at", age, id=one.pk)
    assert forget_contacts() == 1
    assert set(ContactPerson.objects.values_list("name", flat=True)) == {"Ja", "Neu"}
    assert set(versions_of(ContactPerson).values_list("name", flat=True)) == {"Ja", "Neu"}
    assert forget_contacts() == 0


def test_of_the_removed_every_version_goes_later():
    actor, day = make_actor(), timedelta(days=1)
    keys = {}
    for name in ("lang", "kurz"):
        one = ContactPerson.objects.create(actor=actor, name=name, consent_on=date(2020, 1, 1))
        keys[name] = one.pk
        one.delete()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    _age("actors_contactpersonevent", "pgh_created_at", DELETED_KEPT + day, pgh_obj_id=keys["lang"])
    _age("actors_contactpersonevent", "pgh_created_at", DELETED_KEPT - day, pgh_obj_id=keys["kurz"])
    assert forget_contacts() == 1
    assert set(versions_of(ContactPerson).values_list("name", flat=True)) == {"kurz"}
