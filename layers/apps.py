from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LayersConfig(AppConfig):
    name = "layers"
    verbose_name = _("layers")

    def ready(self):
        from layers import processing  # noqa: F401 - what the room knows of people
