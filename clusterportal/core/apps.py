from django.apps import AppConfig
from django.conf import settings
from django.contrib.staticfiles.apps import StaticFilesConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import pre_migrate

from clusterportal.core import slow_queries
from clusterportal.core.english_words import stand_in
from clusterportal.core.migrating import load_trigrams


class CoreConfig(AppConfig):
    """Ground storey: abstract models, text functions, the embedded database. Knows nobody."""

    name = "clusterportal.core"
    label = "core"
    default = True  # of the two in this file

    def ready(self):
        from clusterportal.core import checks  # noqa: F401 - registers them

        if settings.SLOW_QUERY_MS:
            connection_created.connect(slow_queries.watch, dispatch_uid="core.slow_queries")
        stand_in()
        pre_migrate.connect(load_trigrams, sender=self, dispatch_uid="core.load_trigrams")


class PortalStaticFilesConfig(StaticFilesConfig):
    """Leaves out what no page of ours links to: it would only be hashed and compressed at the first start."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "*.map",
        "redoc",
        "rest_framework",
        "gis",
        "xregexp.js",
        "leaflet-src*",
        "leaflet.forms.js",
        "draw",
        "geojson*",
        "swagger-ui-es-bundle*",
        "swagger-ui-standalone-preset*",
        "htmx-2.js",
        "htmax*",
        "htmx-4.js",
        "ext",
        "*.es.js",
        "*.esm.js",
        "LICENSE*",
        "*.md",
    ]
