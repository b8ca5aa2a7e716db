"""How far a job is, for the page that people watch."""

import time

from django.db import DEFAULT_DB_ALIAS, connections

from clusterportal.imports.models import ImportRun

SECONDS_BETWEEN_UPDATES = 0.5


class Progress:
    """Reports rows done on a connection of its own: nobody sees the writes of the job before its end."""

    def __init__(self, run: ImportRun):
        self.run, self.last = run, 0.0
        self.connection = connections.create_connection(DEFAULT_DB_ALIAS)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.connection.close()

    def __call__(self, done: int) -> None:
        if time.monotonic() - self.last < SECONDS_BETWEEN_UPDATES:
            return
        self.last = time.monotonic()
        table, said = ImportRun._meta.db_table, ImportRun._meta.get_field("heard_at").column
        with self.connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {table} SET done = %s, {said} = now() WHERE id = %s AND ticket = %s",
                [done, self.run.pk, self.run.ticket],
            )


def no_progress(done: int) -> None:
    """For a table so small that nobody watches."""
