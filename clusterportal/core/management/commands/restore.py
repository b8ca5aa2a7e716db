"""`manage.py restore FILE`: what `backup` wrote, on this or on another server."""

from pathlib import Path

from django.core.management import call_command
from django.core.management.base import CommandError

from clusterportal.core.backup import BackupError, restore
from clusterportal.core.backup_encryption import decrypting
from clusterportal.core.management.backup_secrets import add_passphrase_file, secret_for_reading
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

        add_passphrase_file(parser)
        parser.add_argument(
            "--key", type=Path, metavar="FILE", help="the private key (X25519, PEM) for which it is encrypted"
        )

    def handle_file(
        self, file: Path, *, replace: bool, passphrase_file: Path | None, key: Path | None, **options
    ):
        try:
            secret = secret_for_reading(passphrase_file=passphrase_file, key=key)
            with decrypting(file, secret):  # a wrong secret is refused before anything is done
                pass
            call_command("migrate", verbosity=0)
            done = restore(file, replace=replace, secret=secret)
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"{done.rows} rows of {done.tables} tables and {done.files} files restored from {file}."
        )
