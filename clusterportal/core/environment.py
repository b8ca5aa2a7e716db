"""The environment that settings read: NAME_FILE may name a file with the value of NAME, as vaults write secrets."""

from django.core.exceptions import ImproperlyConfigured
from environ import Env
from environ.fileaware_mapping import FileAwareMapping


class _Files(FileAwareMapping):
    """Editors and `echo` end a file with a line break, which is no part of a secret."""

    def __getitem__(self, key: str) -> str:
        try:
            return super().__getitem__(key).rstrip("\r\n")
        except OSError as error:
            raise ImproperlyConfigured(f"{key}_FILE: {error}") from error


class Environment(Env):
    """Read like `environ.Env`."""

    ENVIRON = _Files()
