from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Ground storey: abstract models, text functions, the embedded database. Knows nobody."""

    name = "clusterportal.core"
    label = "core"
