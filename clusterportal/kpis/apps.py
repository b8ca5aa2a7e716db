from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KpisConfig(AppConfig):
    """What goes in and what comes out: a cluster's indicators from input to impact, with goals and values."""

    name = "clusterportal.kpis"
    label = "kpis"
    verbose_name = _("indicators of the causal chain")
