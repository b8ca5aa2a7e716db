"""Where backup and restore find the passphrase or key: in a file or in the environment, never on the command line."""

import os
from argparse import ArgumentParser
from pathlib import Path

from clusterportal.core.backup_encryption import Secret, passphrase_in, private_key_in, public_key_in
from clusterportal.core.backup_files import BackupError

PASSPHRASE = "BACKUP_PASSPHRASE"


def add_passphrase_file(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="FILE",
        help=f"that holds the passphrase; else {PASSPHRASE} may say it",
    )


def secret_for_writing(*, passphrase_file: Path | None, recipient: Path | None) -> Secret | None:
    """What a backup is encrypted with; None where nobody asks for that. Raises BackupError."""
    recipient = recipient or _path("BACKUP_RECIPIENT")
    secret = _passphrase(passphrase_file)
    if recipient and secret:
        raise BackupError("A backup is encrypted with a passphrase or for a key, not both.")
    return public_key_in(recipient) if recipient else secret


def secret_for_reading(*, passphrase_file: Path | None, key: Path | None) -> Secret | None:
    """What may open a backup: of both, the one that it needs is taken. Raises BackupError."""
    secret = _passphrase(passphrase_file)
    if key := key or _path("BACKUP_KEY"):
        return Secret(secret.passphrase if secret else b"", private_key=private_key_in(key).private_key)
    return secret


def _passphrase(file: Path | None) -> Secret | None:
    if file := file or _path("BACKUP_PASSPHRASE_FILE"):
        try:
            return passphrase_in(file.read_text(), of=str(file))
        except (OSError, UnicodeDecodeError) as error:
            raise BackupError(f"{file} cannot be read: {error}.") from error
    if said := os.environ.get(PASSPHRASE):
        return passphrase_in(said, of=PASSPHRASE)
    return None


def _path(name: str) -> Path | None:
    return Path(said) if (said := os.environ.get(name)) else None
