"""`manage.py load_registry FOLDER`: load a registry from a folder of CSV files."""

from pathlib import Path

import pghistory
from django.core.management.base import CommandError

from clusterportal.core.management.file_commands import FolderCommand
from clusterportal.intake.registry_files import RegistryFileError, load_registry


class Command(FolderCommand):
    help = (
        "Load a registry from a folder of CSV files (see fixtures/README.md). Loading twice changes nothing."
    )

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument(
            "--tables", nargs="+", metavar="TABLE", help="only these files, for example: layers"
        )

    def handle_folder(self, folder: Path, *, tables, **options):
        try:
            with pghistory.context(command="load_registry"):
                counts = load_registry(folder, tables=tables)
        except RegistryFileError as error:
            raise CommandError(f"{error} Nothing was loaded.") from error
        for table, (fresh, changed) in counts.items():
            self.stdout.write(f"{table}: {fresh} new, {changed} changed")
