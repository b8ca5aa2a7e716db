from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LabelsConfig(AppConfig):
    """What labels ask of a cluster, checked against the registry and frozen when assessed; which labels it holds."""

    name = "clusterportal.labels"
    label = "labels"
    verbose_name = _("criteria and labels")
