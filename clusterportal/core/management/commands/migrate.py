"""Django's own command, which knows SQL files as well and leaves the databases of other versions alone."""

from pathlib import Path

from django.apps import apps
from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger

from clusterportal.core.management.autodetector import PortalAutodetector

_OURS = {
    "clusterportal",
    "actors",
    "layers",
    "applications",
}  # packages; libraries may remove migrations of theirs


class Command(migrate.Command):
    autodetector = PortalAutodetector

    def handle(self, *args, database, **options):
        if unknown := _unknown_migrations(connections[database]):
            raise CommandError(
                f"The database was made by another version of the portal: this one does not know {unknown[0]}. "
                "Start it with the version that made it. To go on with this one, export the actors there "
                "(manage.py export_actors) and import them into an empty database (manage.py import_actors)."
            )
        AddTrigger.state_forwards = _remember_trigger  # type: ignore[method-assign, assignment]  # one of the same shape
        super().handle(*args, database=database, **options)


def _remember_trigger(operation: AddTrigger, app_label: str, state: ProjectState) -> None:
    """What pgtrigger's own method does, but without making all models anew that are related to the one of the trigger.

    A trigger changes no column. There are hundreds of them: making models took most of the time of a first start.
    """
    options = state.models[app_label, operation.model_name].options
    options["triggers"] = [*options.get("triggers", []), operation.trigger]


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
