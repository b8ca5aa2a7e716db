"""One row of columns, read as binary."""

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections


def binary_row(sql: str, parameters=None, *, using: str = DEFAULT_DB_ALIAS) -> dict:
    """The one row of a SELECT: long values arrive as they are, not as twice as many letters."""
    connection = connections[using]
    connection.ensure_connection()
    if (
        parameters
    ):  # put in here, as Django's own cursor does: its expressions do not name the types of their values
        sql = psycopg.ClientCursor(connection.connection).mogrify(sql, parameters)
    raw = psycopg.Cursor(connection.connection)
    raw.format = psycopg.pq.Format.BINARY
    make = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    with make(raw) as cursor:
        # As a SELECT: whatever else might write, and history would put a command of its own before it, which a
        # binary statement cannot take.
        cursor.execute(f"SELECT * FROM ({sql}) AS answer")
        return dict(zip([column.name for column in cursor.description], cursor.fetchone(), strict=True))
