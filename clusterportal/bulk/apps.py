from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BulkConfig(AppConfig):
    name = "clusterportal.bulk"
    label = "bulk"
    verbose_name = _("lists and selections")

    def ready(self):
        from clusterportal.bulk.domain import processing  # noqa: F401 - what the room knows of people
