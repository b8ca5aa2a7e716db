"""`manage.py restore FILE`: what `backup` wrote, on this or on another server."""

from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from clusterportal.core.backup import CannotRestore, restore


class Command(BaseCommand):
    help = (
        "Restores what backup wrote, here or on another server: all of it or nothing. Migrates first. Second factors "
        "open only with the SECRET_KEY of the portal that wrote the backup."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--replace", action="store_true", help="overwrite everything that the database holds"
        )

    def handle(self, *args, file: Path, replace: bool, **options):
        if not file.is_file():
            raise CommandError(f"There is no file {file}. Check the path.")
        call_command("migrate", verbosity=0)
        try:
            done = restore(file, replace=replace)
        except CannotRestore as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{done.rows} rows of {done.tables} tables and {done.files} files restored from {file}."
        )
