"""What migrations need: a session that is ready, and values that a new constraint accepts."""

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


_ON_THE_WEB = "^(https?|ftps?)://"
_WITHOUT_SCHEME = r"^([a-z0-9äöüß-]+\.)+[a-z]{2,}([:/?#]|$)"


def mend_web_addresses(table: str, column: str):
    """For RunPython, before the constraint `web_address`: "www.example.org" gets its scheme, what leads nowhere goes.

    Earlier versions keep what they had; the constraint refuses to bring it back.
    """

    def mend(apps, schema_editor):
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {table} SET {column} = CASE WHEN btrim({column}) ~* %s THEN btrim({column}) "
                f"WHEN btrim({column}) ~* %s AND length(btrim({column})) + 8 <= ("
                "SELECT character_maximum_length FROM information_schema.columns "
                "WHERE table_schema = current_schema() AND table_name = %s AND column_name = %s"
                f") THEN 'https://' || btrim({column}) ELSE '' END WHERE {column} <> '' AND {column} !~* %s",
                [_ON_THE_WEB, _WITHOUT_SCHEME, table, column, _ON_THE_WEB],
            )
            cursor.execute(
                "SET CONSTRAINTS ALL IMMEDIATE"
            )  # a table with checks still to come cannot be altered
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")

    return mend
