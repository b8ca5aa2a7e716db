"""Action plans as the teams of their clusters write them."""

from clusterportal.plans.admin.action import ActionAdmin
from clusterportal.plans.admin.plan import ActionPlanAdmin

__all__ = ["ActionAdmin", "ActionPlanAdmin"]
