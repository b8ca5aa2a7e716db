"""One number that every committed change raises, whoever writes."""

import pytest
from django.db import connection, transaction

from actors.models import Actor
from clusterportal.history.models import RevisionMark, current_revision
from tests.factories import make_actor, make_area

pytestmark = pytest.mark.django_db(transaction=True)


def raised(act) -> int:
    before = current_revision()
    act()
    return current_revision() - before


def test_each_way_of_writing_raises_it_once():
    area = make_area()
    actor = make_actor("Institut A", areas=[area])

    def sql():
        with connection.cursor() as cursor:
            cursor.execute("UPDATE actors_actor SET city = 'Halle'")

    def many():
        with transaction.atomic():
            make_actor("Institut B")
            make_actor("Institut C", areas=[area])

    assert raised(lambda: Actor.objects.filter(pk=actor.pk).update(city="Jena")) == 1
    assert raised(sql) == 1
    assert raised(many) == 1
    assert raised(lambda: Actor.objects.bulk_create([Actor(name="D", slug="d", kind="company")])) == 1
    assert raised(lambda: actor.foci.all().delete()) == 1
    assert RevisionMark.objects.count() == 0


def test_reading_and_undoing_leave_it():
    make_actor("Institut A")

    def undone():
        with transaction.atomic():
            make_actor("Institut B")
            transaction.set_rollback(True)

    assert raised(lambda: list(Actor.objects.all())) == 0
    assert raised(undone) == 0


def test_a_savepoint_that_is_undone_does_not_hide_the_next_change():
    def act():
        with transaction.atomic():
            with transaction.atomic():
                make_actor("Institut A")
                transaction.set_rollback(True)
            make_actor("Institut B")

    assert raised(act) == 1
