"""Action plans, the findings and actions in them, and what was decided of proposed actors."""

from clusterportal.plans.models.action import Action, ActionArea, ActionLayer, Milestone, Participant
from clusterportal.plans.models.decision import GapDecision
from clusterportal.plans.models.plan import ActionPlan, PlanArea, PlanOwner, SwotEntry

__all__ = [
    "Action",
    "ActionArea",
    "ActionLayer",
    "ActionPlan",
    "GapDecision",
    "Milestone",
    "Participant",
    "PlanArea",
    "PlanOwner",
    "SwotEntry",
]
