from django.apps import AppConfig
from django.contrib.staticfiles.apps import StaticFilesConfig


class CoreConfig(AppConfig):
    """Ground storey: abstract models, text functions, the embedded database. Knows nobody."""

    name = "clusterportal.core"
    label = "core"


class PortalStaticFilesConfig(StaticFilesConfig):
    """Leaves out what no page of ours links to: it would only be hashed and compressed at the first start."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "*.map", "redoc", "rest_framework", "gis", "xregexp.js", "leaflet-src*", "leaflet.forms.js", "draw", "geojson*",
        "swagger-ui-es-bundle*", "swagger-ui-standalone-preset*", "htmx-2.js", "htmax*", "htmx-4.js", "ext",
        "*.es.js", "*.esm.js", "LICENSE*", "*.md",
    ]  # fmt: skip
