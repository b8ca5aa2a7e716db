"""`manage.py backup FILE`: the whole registry with its files."""

from pathlib import Path

from django.core.management.base import CommandError

from clusterportal.core.backup import backup
from clusterportal.core.backup_files import BackupError
from clusterportal.core.management.backup_secrets import add_passphrase_file, secret_for_writing
from clusterportal.core.management.file_commands import OutputCommand
from clusterportal.core.stored_files import FilesUnreachable


class Command(OutputCommand):
    help = (
        "Writes the whole registry, history and uploaded files included, to FILE (a .tar.gz). Encrypted, where a "
        "passphrase or a recipient is named, here or in the environment."
    )

    def add_arguments(self, parser):
        super().add_arguments(parser)
        add_passphrase_file(parser)
        parser.add_argument(
            "--recipient",
            type=Path,
            metavar="FILE",
            help="the public key (X25519, PEM) of whoever may read it",
        )

    def handle_output(self, file: Path, *, passphrase_file: Path | None, recipient: Path | None, **options):
        try:
            secret = secret_for_writing(passphrase_file=passphrase_file, recipient=recipient)
        except BackupError as error:
            raise CommandError(str(error)) from error
        try:
            done = backup(file, secret=secret)
        except FilesUnreachable as error:
            raise CommandError(
                f"The storage of the files does not answer: {error}. Nothing was written."
            ) from error
        self.stdout.write(
            f"{done.rows} rows of {done.tables} tables and {done.files} files written to {file}"
            f"{', encrypted' if secret else ''}."
        )
