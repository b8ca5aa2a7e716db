from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClustersConfig(AppConfig):
    name = "clusterportal.clusters"
    label = "clusters"
    verbose_name = _("clusters")

    def ready(self):
        from clusterportal.clusters import processing  # noqa: F401 - what the room knows of people
        from clusterportal.clusters.models import Release
        from clusterportal.clusters.team_history import keep_to_team

        keep_to_team(Release)
