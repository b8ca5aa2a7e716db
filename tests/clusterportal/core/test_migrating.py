"""An upgrade begins with a session that has done nothing yet."""

import pytest
from django.core.management import call_command
from django.db import connection


@pytest.mark.django_db(transaction=True)
def test_the_settings_of_trigrams_can_be_named():
    def known() -> str | None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('pg_trgm.similarity_threshold', true)")
            return cursor.fetchone()[0]

    connection.close()
    assert known() is None
    call_command("migrate", verbosity=0)
    assert known() == "0.3"
