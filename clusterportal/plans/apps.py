from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    """From competences over strengths and weaknesses to joint actions: the action plans of clusters."""

    name = "clusterportal.plans"
    label = "plans"
    verbose_name = _("action plans")

    def ready(self):
        # Late, because these read models.
        from clusterportal.intake.registry_files import RegistryTable, register_table
        from clusterportal.plans import models
        from clusterportal.plans.domain import processing  # noqa: F401 - what the room knows of people
        from clusterportal.plans.domain.team import keep_history_to_teams

        keep_history_to_teams()
        register_table("action_plans", RegistryTable(models.ActionPlan, ("slug",)))
        register_table("plan_owners", RegistryTable(models.PlanOwner, ("plan_id", "cluster_id")))
        register_table("swot_entries", RegistryTable(models.SwotEntry, ("plan_id", "text_de")))
        register_table("actions", RegistryTable(models.Action, ("slug",)))
        register_table(
            "participants", RegistryTable(models.Participant, ("action_id", "group", "actor_id", "words_de"))
        )
        register_table("milestones", RegistryTable(models.Milestone, ("action_id", "title_de")))
