from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActorsConfig(AppConfig):
    name = "actors"
    verbose_name = _("actors")

    def ready(self):
        from actors.domain import erasure, history, processing, taking_back  # noqa: F401 - each registers what it knows
