"""The causal chain in the admin: what is due on one page, each indicator with its course, targets and values."""

from clusterportal.kpis.admin.kpi import KpiAdmin

__all__ = ["KpiAdmin"]
