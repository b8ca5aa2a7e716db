from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApplicationsConfig(AppConfig):
    name = "applications"
    verbose_name = _("applications")

    def ready(self):
        from applications import processing  # noqa: F401 - what the room knows of people
