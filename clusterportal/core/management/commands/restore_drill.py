"""`manage.py restore_drill FILE`: whether a backup restores, tried out in a portal that is thrown away."""

import argparse
import json
import os
import subprocess
import sys
import tarfile
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from clusterportal.core.backup import backup
from clusterportal.core.backup_encryption import Secret, decrypting
from clusterportal.core.backup_files import content_of
from clusterportal.core.management.backup_secrets import secret_for_reading
from clusterportal.core.management.commands import restore


class Command(restore.Command):
    help = (
        "Restores a backup into an embedded database in a temporary folder (TMPDIR), checks the registry there, makes "
        "a backup of it again and compares: every table and file byte for byte. Then all of it is removed. The portal "
        "that runs is neither asked nor touched. Exit status 1 when anything is different."
    )

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)  # in the throw-away portal

    def handle_file(
        self,
        file: Path,
        *,
        replace: bool,
        passphrase_file: Path | None,
        key: Path | None,
        here: bool = False,
        **options,
    ):
        if here:
            self._carry_out(file, replace, passphrase_file, key)
            return
        with TemporaryDirectory(prefix="drill-", ignore_cleanup_errors=True) as folder:
            Path(folder).chmod(0o711)  # PostgreSQL may run as an account of its own
            environment = os.environ | {
                "DATABASE_URL": "",
                "SECRET_KEY": settings.SECRET_KEY,
                "PORTAL_DATA_DIR": folder,
            }
            secrets = {"--passphrase-file": passphrase_file, "--key": key}
            words = [f"{name}={path}" for name, path in secrets.items() if path]
            command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "restore_drill", "--here"]
            if subprocess.run([*command, *words, str(file.resolve())], env=environment).returncode:
                raise CommandError(f"{file} did not pass the drill; see above.")

    def _carry_out(self, file: Path, replace: bool, passphrase_file: Path | None, key: Path | None) -> None:
        begun = time.monotonic()
        super().handle_file(file, replace=replace, passphrase_file=passphrase_file, key=key)
        with TemporaryDirectory() as folder:
            again = Path(folder) / "again.tar.gz"
            backup(again)
            held = _contents(file, secret_for_reading(passphrase_file=passphrase_file, key=key))
            there = _contents(again, None)
        if different := sorted(
            name for name in held.keys() | there.keys() if held.get(name) != there.get(name)
        ):
            raise CommandError(f"Restored otherwise than it was written: {', '.join(different)}.")
        self.stdout.write(
            f"{file} restores: {len(held)} tables and files are what was written, "
            f"after {time.monotonic() - begun:.0f} seconds."
        )
        call_command("check_registry", stdout=self.stdout)


def _contents(path: Path, secret: Secret | None) -> dict[str, object]:
    """What a backup says of each table and file: its rows, its digest. Raises BackupError."""
    with decrypting(path, secret) as file, tarfile.open(fileobj=file, mode="r:gz") as archive:
        manifest = json.load(content_of(archive, "manifest.json"))
    return manifest["tables"] | {f"files/{name}": digest for name, digest in manifest["files"].items()}
