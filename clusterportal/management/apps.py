from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ManagementConfig(AppConfig):
    """The cluster as one picture: the monitor for everybody, the cockpit for its management."""

    name = "clusterportal.management"
    label = "management"
    verbose_name = _("cluster management")
