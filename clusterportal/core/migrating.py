"""What migrations need: SQL of our own, kept in files, and a session that is ready for it.

The SQL in force stands in `sql/*.sql` beside what uses it: functions, triggers, storage. `makemigrations` compares the
files with what the migrations install (`core/management/autodetector.py`) and writes an `InstallSQL` with the whole
text of each that differs; migrations keep what they did when the files go on. Of our own because
django-migrate-sql-deux takes a configuration that it cannot import for an empty one, knows no order between SQL and
tables, and needs the same two commands of ours to work beside pgtrigger.
"""

from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.db import connections
from django.db.migrations.operations import RunSQL
from django.db.migrations.serializer import BaseSerializer
from django.db.migrations.writer import MigrationWriter


def sql_files() -> dict[tuple[str, str], str]:
    """The texts of all SQL files by app label and name; a name stands once in an app."""
    return {
        (app.label, path.stem): path.read_text()
        for app in apps.get_app_configs()
        for path in sorted(Path(app.path).rglob("sql/*.sql"))
    }


class InstallSQL(RunSQL):
    """Run the text of an SQL file as it was when the migration was made; it replaces what is there already.

    What a file no longer has, or has with other arguments, has to be dropped by a RunSQL in the same migration.
    """

    sql: str  # never a list of statements, as RunSQL would take
    reverse_sql: str

    def __init__(self, name: str, sql: str, reverse_sql: str = RunSQL.noop):
        super().__init__(sql, reverse_sql)
        self.name = name

    def deconstruct(self):
        reverse = {"reverse_sql": _Lines(self.reverse_sql)} if self.reverse_sql != RunSQL.noop else {}
        return type(self).__qualname__, [], {"name": self.name, "sql": _Lines(self.sql), **reverse}

    def state_forwards(self, app_label, state):
        vars(state).setdefault("sql_files", {})[app_label, self.name] = self.sql

    def describe(self) -> str:
        return f"Install the SQL of {self.name}.sql"

    @property
    def migration_name_fragment(self) -> str:
        return f"sql_{self.name}"


@dataclass(frozen=True)
class _Lines:
    """A text that migrations write line by line, so that people can read it there."""

    text: str


class _LinesSerializer(BaseSerializer):
    def serialize(self):
        lines = "\n".join(f"    {line!r}" for line in self.value.text.splitlines(keepends=True))
        return f"(\n{lines}\n)" if lines else "''", set()


MigrationWriter.register_serializer(_Lines, _LinesSerializer)


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
