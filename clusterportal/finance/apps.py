from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FinanceConfig(AppConfig):
    """Plan and actual of a cluster by year and source, own and public share."""

    name = "clusterportal.finance"
    label = "finance"
    verbose_name = _("financing")

    def ready(self):
        from clusterportal.clusters.team_history import keep_to_team
        from clusterportal.finance.domain import processing  # noqa: F401 - what the room knows of people
        from clusterportal.finance.models import Budget, BudgetLine, PathPoint
        from clusterportal.intake.registry_files import RegistryTable, register_table

        keep_to_team(Budget)
        keep_to_team(PathPoint)
        keep_to_team(BudgetLine, path="budget_id", of=Budget)
        register_table("path_points", RegistryTable(PathPoint, ("cluster_id", "position")))
