"""`manage.py backup FILE`: the whole registry with its files."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from clusterportal.core.backup import backup


class Command(BaseCommand):
    help = "Writes the whole registry, history and uploaded files included, to FILE (a .tar.gz)."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)

    def handle(self, *args, file: Path, **options):
        try:
            done = backup(file)
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error}") from error
        self.stdout.write(
            f"{done.rows} rows of {done.tables} tables and {done.files} files written to {file}."
        )
