"""The budget in the admin: a year on one page, all years as a table."""

from clusterportal.finance.admin.budget import BudgetAdmin
from clusterportal.finance.admin.path import PathPointAdmin

__all__ = ["BudgetAdmin", "PathPointAdmin"]
