from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacingConfig(AppConfig):
    name = "clusterportal.placing"
    label = "placing"
    verbose_name = _("placing")

    def ready(self):
        from clusterportal.history.text_columns import leave_out
        from clusterportal.placing.domain import processing  # noqa: F401 - what the room knows of people

        for column in ("keys", "placed"):
            leave_out(f"placing_walk.{column}", "an array of numbers, the keys of actors")
