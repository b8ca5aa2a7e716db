"""What is running here: of the portal, and of what it stands on."""

import platform

import django
from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from clusterportal.core.backup_origin import portal_version
from clusterportal.core.doctor import in_words
from clusterportal.history.models import current_revision
from clusterportal.newsroom.domain.publishing import lag
from clusterportal.partners.models import FeedNote


def versions() -> list[tuple[str, str]]:
    """Names and values, in the language of whoever asks."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version')")
        server = cursor.fetchone()[0]
    where = _("embedded") if settings.IS_EMBEDDED else _("its own server")
    return [
        (_("Portal"), portal_version()),
        ("Python", platform.python_version()),
        ("Django", django.get_version()),
        ("PostgreSQL", f"{server} ({where})"),
    ]


def lags() -> list[tuple[str, str]]:
    """How far what follows the registry is behind it."""
    late = lag()
    return [
        (_("Delay of what is due to appear"), in_words(late) if late else "–"),
        (_("Changes of the registry"), str(current_revision())),
        (_("Changes that partners have not been told of"), str(FeedNote.objects.count())),
    ]
