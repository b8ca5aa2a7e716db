"""What tests of matching share."""

import pytest
from django.db import connection


@pytest.fixture(autouse=True)
def _no_statistics(db):
    """Every word is as rare as in a registry that nobody has analysed, whatever tests before left behind."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM pg_statistic WHERE starelid = 'actors_searchnames'::regclass "
            "AND (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)"
        )
