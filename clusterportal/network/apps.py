from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NetworkConfig(AppConfig):
    """Who works with whom: cooperation projects beside relations, and what is computed from both."""

    name = "clusterportal.network"
    label = "network"
    verbose_name = _("network of actors")
