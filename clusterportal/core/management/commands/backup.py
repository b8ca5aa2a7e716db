"""`manage.py backup FILE`: the whole registry with its files."""

from pathlib import Path

from clusterportal.core.backup import backup
from clusterportal.core.management.file_commands import OutputCommand


class Command(OutputCommand):
    help = "Writes the whole registry, history and uploaded files included, to FILE (a .tar.gz)."

    def handle_output(self, file: Path, **options):
        done = backup(file)
        self.stdout.write(
            f"{done.rows} rows of {done.tables} tables and {done.files} files written to {file}."
        )
