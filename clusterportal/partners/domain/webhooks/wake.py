"""Whom to wake when there is something to deliver. Nothing hangs on it: every minute all is looked through anyway."""

from django.db import connection

NOTED = "partners_noted"  # channels of the database: a writer left a note for the feed
NUMBERED = "partners_numbered"  # there is something for endpoints


def wake() -> None:
    """Whoever delivers looks as soon as this transaction commits."""
    with connection.cursor() as cursor:
        cursor.execute(f"NOTIFY {NUMBERED}")
