"""Criteria and labels in the admin."""

from clusterportal.labels.admin.assessments import CriteriaAssessmentAdmin
from clusterportal.labels.admin.criteria_sets import CriteriaSetAdmin
from clusterportal.labels.admin.labels import LabelAdmin

__all__ = ["CriteriaAssessmentAdmin", "CriteriaSetAdmin", "LabelAdmin"]
