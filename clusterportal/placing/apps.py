from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacingConfig(AppConfig):
    name = "clusterportal.placing"
    label = "placing"
    verbose_name = _("placing")
