from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LabelsConfig(AppConfig):
    """What labels ask of a cluster, checked against the registry and frozen when assessed; which labels it holds."""

    name = "clusterportal.labels"
    label = "labels"
    verbose_name = _("criteria and labels")

    def ready(self):
        from actors.domain.integrity import also_find
        from clusterportal.clusters.team_history import keep_to_team
        from clusterportal.intake.registry_files import RegistryTable, register_table
        from clusterportal.labels.domain import erasure, processing  # noqa: F401 - what the room knows of people
        from clusterportal.labels.domain.label_status import expired_labels
        from clusterportal.labels.models import (
            CriteriaAssessment,
            CriteriaSet,
            Criterion,
            Label,
            Proof,
            SetChoice,
        )

        for model in (SetChoice, CriteriaAssessment, Label):
            keep_to_team(model)
        keep_to_team(Proof, path="assessment_id", of=CriteriaAssessment)
        register_table("criteria_sets", RegistryTable(CriteriaSet, ("slug",)))
        register_table("criteria", RegistryTable(Criterion, ("criteria_set_id", "code")))
        register_table("criteria_choices", RegistryTable(SetChoice, ("cluster_id", "criteria_set_id")))
        also_find(expired_labels)
