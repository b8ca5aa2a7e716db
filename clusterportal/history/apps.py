from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HistoryConfig(AppConfig):
    name = "clusterportal.history"
    label = "history"
    verbose_name = _("history")

    def ready(self):
        from clusterportal.history import (  # noqa: F401 - each registers what it knows of people
            erasable_files,
            erasable_records,
            portal_processing,
        )
