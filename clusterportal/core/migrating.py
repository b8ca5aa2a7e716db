"""What a session needs before it migrates."""

from django.db import connections


def load_trigrams(using: str, **kwargs) -> None:
    """Have the session load pg_trgm, whose settings some functions name.

    PostgreSQL 15 and later let only a superuser name settings of a library that the session has not loaded; the first
    session to migrate has, because it makes the extension, but who upgrades begins with a new one.
    """
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_trgm')")
        if cursor.fetchone()[0]:
            cursor.execute("SELECT similarity('', '')")
