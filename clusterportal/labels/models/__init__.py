from clusterportal.labels.models.assessment import CriteriaAssessment, Proof
from clusterportal.labels.models.criteria import CriteriaSet, Criterion, SetChoice
from clusterportal.labels.models.label import Label, LabelReminder

__all__ = [
    "CriteriaAssessment",
    "CriteriaSet",
    "Criterion",
    "Label",
    "LabelReminder",
    "Proof",
    "SetChoice",
]
