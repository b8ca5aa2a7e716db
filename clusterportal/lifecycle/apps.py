from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LifecycleConfig(AppConfig):
    """Where a cluster stands in its life: diversity of knowledge, interaction, assessments over the years."""

    name = "clusterportal.lifecycle"
    label = "lifecycle"
    verbose_name = _("life cycle")

    def ready(self):
        from clusterportal.clusters.team_history import keep_to_team
        from clusterportal.lifecycle.domain import processing  # noqa: F401 - what the room knows of people
        from clusterportal.lifecycle.models import Assessment, Measurement

        keep_to_team(Measurement)
        keep_to_team(Assessment)
