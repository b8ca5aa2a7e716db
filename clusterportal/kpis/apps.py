from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KpisConfig(AppConfig):
    """Indicators on the causal chain from input to impact, with values, targets, trends and comparison."""

    name = "clusterportal.kpis"
    label = "kpis"
    verbose_name = _("indicators of the causal chain")

    def ready(self):
        from clusterportal.clusters.team_history import keep_to_team
        from clusterportal.intake.registry_files import RegistryTable, register_table
        from clusterportal.kpis.domain import processing  # noqa: F401 - what the room knows of people
        from clusterportal.kpis.models import Kpi, KpiTarget, KpiValue

        keep_to_team(Kpi)
        keep_to_team(KpiValue, path="kpi_id", of=Kpi)
        keep_to_team(KpiTarget, path="kpi_id", of=Kpi)
        register_table("kpis", RegistryTable(Kpi, ("cluster_id", "code")))
