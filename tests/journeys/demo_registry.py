"""The demo registry: loaded once a process, afterwards put back by copying its rows, in a few tenths of a second."""

from io import StringIO

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

_COPIES = "demo_registry"  # a schema, which nobody empties after a test
# Tables with their columns; generated ones make themselves.
_TABLES = """
    SELECT table_name, string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position)
    FROM information_schema.columns
    WHERE table_schema = %s AND is_generated = 'NEVER' GROUP BY table_name
"""
# The next number of each table's column that counts.
_NUMBERS = """
    SELECT pg_get_serial_sequence(quote_ident(table_name), column_name), quote_ident(table_name),
        quote_ident(column_name)
    FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
    WHERE table_schema = 'public' AND table_name = ANY(%s) AND is_identity = 'YES'
"""


def lay_out() -> None:
    """Into an empty database, with the text pages; committed, as a visitor's server sees it."""
    if copied := _tables(_COPIES):
        _put_back(copied)
        return
    fixtures = settings.BASE_DIR / "fixtures"
    call_command("load_registry", fixtures / "demo", stdout=StringIO())
    call_command("load_texts", fixtures / "pages", stdout=StringIO())
    _copy()


@transaction.atomic
def _copy() -> None:
    known = connection.introspection.django_table_names(only_existing=True, include_views=False)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA {_COPIES}")
        for name, columns in _tables("public").items():
            cursor.execute(f'SELECT EXISTS (SELECT FROM "{name}")')
            if name in known and cursor.fetchone()[0]:
                cursor.execute(f'CREATE TABLE {_COPIES}."{name}" AS SELECT {columns} FROM "{name}"')


@transaction.atomic
def _put_back(copied: dict[str, str]) -> None:
    """Triggers and references were obeyed when it was loaded."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for name, columns in copied.items():
            cursor.execute(
                f'INSERT INTO "{name}" ({columns}) OVERRIDING SYSTEM VALUE '
                f'SELECT {columns} FROM {_COPIES}."{name}" ON CONFLICT DO NOTHING'
            )
        cursor.execute(_NUMBERS, [list(copied)])
        for sequence, name, column in cursor.fetchall():
            cursor.execute(f"SELECT setval(%s, (SELECT max({column}) FROM {name}))", [sequence])


def _tables(schema: str) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(_TABLES, [schema])
        return dict(cursor.fetchall())
