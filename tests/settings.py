"""Settings of the suite: the portal's own, with a database cluster that trades safety for speed."""

import os
from pathlib import Path

os.environ.setdefault("PORTAL_DATA_DIR", str(Path(__file__).resolve().parent.parent / ".portal" / "tests"))
os.environ.setdefault("SECRET_KEY", "of the test suite")
os.environ.setdefault("HTTPS", "off")

from clusterportal.settings import *  # noqa: F403 - the environment must stand first
from clusterportal.settings import DATABASES, STORAGES

EMBEDDED_OPTIONS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True  # journeys see the sources without collecting them,
WHITENOISE_AUTOREFRESH = True  # looked up when asked for: each client of a test would list them all first
DATABASES["default"]["OPTIONS"]["options"] += " -c statement_timeout=0"  # no test changes what others count
READ_AHEAD = False  # the database of a test comes later
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
API_COUNTS_EVERY = None  # a test that looks at counts writes them itself
