"""A save that waits for a time which the clock was set back from is ended; one that waits as it should is not."""

import threading

import pytest
from django.db import OperationalError, connection, transaction

from actors.models import Actor
from clusterportal.history.endless_waits import end_endless_waits
from tests.factories import make_actor

pytestmark = pytest.mark.django_db(transaction=True)
LONG_AGO = -3600  # as if the clock had gone back: whatever began within the hour is ahead of it


@pytest.fixture
def saving():
    """Somebody renames the actor, and sleeps for a minute before the end; `told` is what came of it."""
    make_actor("Institut")
    told: list[Exception | None] = []

    def save():
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                Actor.objects.update(name="Anstalt")
                cursor.execute("SELECT pg_sleep(60)")
            told.append(None)
        except OperationalError as error:
            told.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=save)
    thread.start()
    yield thread, told
    thread.join()


def test_a_wait_that_began_later_than_now_is_ended(saving, caplog):
    thread, told = saving
    while not sleeping():
        assert thread.is_alive()
    assert end_endless_waits() == 0
    assert end_endless_waits(LONG_AGO) == 1
    thread.join()
    assert "canceling statement due to user request" in str(told[0])
    assert Actor.objects.get().name == "Institut"
    assert [record.getMessage() for record in caplog.records] == [
        "The clock was set back: 1 save(s) that waited for the old time are ended."
    ]
    assert end_endless_waits(LONG_AGO) == 0


def sleeping() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'"
        )
        return cursor.fetchone()[0]
