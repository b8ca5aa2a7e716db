"""What the portal's `migrate` does besides Django's."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder


@pytest.mark.django_db(transaction=True)
def test_the_settings_of_trigrams_can_be_named():
    """An upgrade begins with a session that has done nothing yet."""

    def known() -> str | None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('pg_trgm.similarity_threshold', true)")
            return cursor.fetchone()[0]

    connection.close()
    assert known() is None
    call_command("migrate", verbosity=0)
    assert known() == "0.3"


@pytest.mark.django_db
def test_the_database_of_another_version_is_left_alone():
    recorder = MigrationRecorder(connection)
    recorder.record_applied("actors", "0042_of_tomorrow")
    recorder.record_applied("auth", "0042_of_a_library")
    with pytest.raises(
        CommandError, match=r"another version of the portal.* actors\.0042_of_tomorrow\. Start it"
    ):
        call_command("migrate", verbosity=0)
