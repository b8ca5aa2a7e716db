from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ManagementConfig(AppConfig):
    """The cluster as one picture: the monitor for everybody, the cockpit for its management."""

    name = "clusterportal.management"
    label = "management"
    verbose_name = _("cluster management")

    def ready(self):
        from clusterportal.clusters.models import Release
        from clusterportal.intake.registry_files import RegistryTable, register_table
        from clusterportal.management.domain import processing  # noqa: F401 - what the room knows of people

        register_table("releases", RegistryTable(Release, ("cluster_id", "section")))
