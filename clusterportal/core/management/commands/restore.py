"""`manage.py restore FILE`: what `backup` wrote, on this or on another server."""

from pathlib import Path

from django.core.management import call_command
from django.core.management.base import CommandError

from clusterportal.core.backup import BackupError, restore
from clusterportal.core.management.file_commands import FileCommand


class Command(FileCommand):
    help = (
        "Restores what backup wrote, here or on another server: all of it or nothing. Migrates first. Second factors "
        "open only with the SECRET_KEY of the portal that wrote the backup."
    )

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument(
            "--replace", action="store_true", help="overwrite everything that the database holds"
        )

    def handle_file(self, file: Path, *, replace: bool, **options):
        call_command("migrate", verbosity=0)
        try:
            done = restore(file, replace=replace)
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{done.rows} rows of {done.tables} tables and {done.files} files restored from {file}."
        )
