from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NetworkConfig(AppConfig):
    """Who works with whom: cooperation projects beside relations, and what is computed from both."""

    name = "clusterportal.network"
    label = "network"
    verbose_name = _("network of actors")

    def ready(self):
        # Late, because these read models.
        from actors.api.nested import read_part
        from clusterportal.clusters.team_history import keep_to_team
        from clusterportal.intake.registry_files import RegistryTable, register_table
        from clusterportal.network import models
        from clusterportal.network.api.actor_projects import projects_of_actor
        from clusterportal.network.domain import processing  # noqa: F401 - what the room knows of people

        project = models.CooperationProject
        keep_to_team(project)
        keep_to_team(models.ProjectPartner, path="project_id", of=project)
        for link in (models.ProjectArea, models.ProjectLayer):
            keep_to_team(link, path="cooperationproject_id", of=project)
        read_part("projects", projects_of_actor)
        register_table("cooperation_projects", RegistryTable(project, ("slug",)))
        register_table("project_partners", RegistryTable(models.ProjectPartner, ("project_id", "actor_id")))
