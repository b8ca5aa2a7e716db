"""The admin of this room: cockpit and releases hang below the clusters."""

from clusterportal.management.admin.cluster import ManagedClusterAdmin

__all__ = ["ManagedClusterAdmin"]
