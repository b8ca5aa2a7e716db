"""What a new part moves of its actor, and what it leaves alone."""

import pytest
from django.db import connection

from actors.models import ActorAlias
from tests.factories import make_actor

CALLS = "SELECT calls FROM pg_stat_xact_user_functions WHERE funcname = 'registry_note_written'"


@pytest.fixture
def noted(db):
    """How often this transaction wrote actors: every statement is noted, be it of no row."""

    def count() -> int:
        with connection.cursor() as cursor:
            cursor.execute(CALLS)
            return cursor.fetchone()[0]

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL track_functions = 'pl'")
    return count


def test_parts_of_an_actor_written_just_now_do_not_write_it_again(noted):
    """An import writes ten parts of every actor that it brings: an update of no row would cost it half of its time."""
    actor = make_actor("Fraunhofer")
    at_first = noted()

    ActorAlias.objects.create(actor=actor, name="FhG")
    after_part = noted()
    actor.save()

    assert (after_part - at_first, noted() - after_part) == (0, 1)
