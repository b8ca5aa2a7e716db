"""What is running: a stamp that differs between versions of the code, its settings and its database."""

import os
from functools import cache
from hashlib import sha256

from django.conf import settings

_SOURCES = ("clusterportal", "actors", "layers", "applications", "templates", "static")
_SETTINGS = (
    "SECRET_KEY",
    "SITE_NAME",
    "SITE_URL",
    "DATA_LICENCE",
    "LANGUAGES",
    "ALLOWED_HOSTS",
    "TIME_ZONE",
    "IS_HTTPS",
    "OPERATOR_EMAIL",
    "DATABASES",
)


@cache
def deployment_stamp() -> str:
    """Made once a process from the sources' sizes and times and from the settings that pages show."""
    digest = sha256("".join(f"{name}={getattr(settings, name)!s}" for name in _SETTINGS).encode())
    for source in _SOURCES:
        for folder, folders, files in os.walk(settings.BASE_DIR / source):
            folders.sort()
            for name in sorted(files):
                if not name.endswith(".pyc"):
                    status = os.stat(os.path.join(folder, name))
                    digest.update(f"{folder}/{name} {status.st_size} {status.st_mtime_ns}".encode())
    return digest.hexdigest()
