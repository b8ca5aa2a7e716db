"""Django's own command, which knows SQL files as well and leaves the databases of other versions alone."""

import time
from pathlib import Path

from django.apps import apps
from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import OperationalError, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from pgtrigger.migrations import AddTrigger, RemoveTrigger
from psycopg.errors import DeadlockDetected, LockNotAvailable

from clusterportal.core.account_rights import limit, limited_accounts, owns_the_tables
from clusterportal.core.management import executor
from clusterportal.core.management.autodetector import PortalAutodetector

_OURS = {
    "clusterportal",
    "actors",
    "layers",
    "applications",
}  # packages; libraries may remove migrations of theirs

# Seconds between attempts: four minutes in all, longer than requests, imports and most backups hold a table.
_PAUSES = (1, 2, 4, 8, *[15] * 15)
_OCCUPIED = (
    "A table was in use all the time, so migrations still wait; what was migrated before stays. End what works on it "
    "(a backup, a session left open: pg_stat_activity names it), and start again."
)


class Command(migrate.Command):
    autodetector = PortalAutodetector

    def handle(self, *args, database, **options):
        if unknown := _unknown_migrations(connections[database]):
            raise CommandError(
                f"The database was made by another version of the portal: this one does not know {unknown[0]}. "
                "Start it with the version that made it. To go on with this one, export the actors there "
                "(manage.py export_actors) and import them into an empty database (manage.py import_actors)."
            )
        if not owns_the_tables():
            if _is_pending(connections[database]):
                raise CommandError(
                    "Migrations are waiting, and the tables belong to another account: run manage.py migrate with the "
                    "DATABASE_URL of the owner, then start the portal again."
                )
            return  # nothing to do, also for what follows migrations: it is the owner's
        migrate.MigrationExecutor = executor.PortalExecutor  # type: ignore[attr-defined]
        AddTrigger.state_forwards = executor.remember_trigger  # type: ignore[method-assign, assignment]
        RemoveTrigger.state_forwards = executor.forget_trigger  # type: ignore[method-assign, assignment]
        for pause in (*_PAUSES, None):
            try:
                super().handle(*args, database=database, **options)
                break
            except OperationalError as error:
                if not isinstance(error.__cause__, LockNotAvailable | DeadlockDetected):
                    raise
                if pause is None:
                    raise CommandError(_OCCUPIED) from error
                self.stderr.write(f"A table is in use; migrating goes on in {pause} seconds.")
                time.sleep(pause)
        for account in limited_accounts():
            limit(account)  # of new tables, too


def _is_pending(connection) -> bool:
    plan = MigrationExecutor(connection)
    return bool(plan.migration_plan(plan.loader.graph.leaf_nodes()))


def _unknown_migrations(connection) -> list[str]:
    """Applied migrations of our apps that this code does not have, as "app.name"."""
    folders = {
        app.label: Path(app.path, "migrations")
        for app in apps.get_app_configs()
        if app.name.partition(".")[0] in _OURS
    }
    return sorted(
        f"{label}.{name}"
        for label, name in MigrationRecorder(connection).applied_migrations()
        if label in folders and not (folders[label] / f"{name}.py").exists()
    )
