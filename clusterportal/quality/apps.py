from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QualityConfig(AppConfig):
    """Keeps the registry right: duplicates, stale entries, broken links."""

    name = "clusterportal.quality"
    label = "quality"
    verbose_name = _("quality")

    def ready(self):
        from clusterportal.quality.domain import erasure  # noqa: F401 - registers what the room knows of people
