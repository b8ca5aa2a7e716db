"""The newsroom in the admin."""

from clusterportal.newsroom.admin.contribution import ContributionAdmin

__all__ = ["ContributionAdmin"]
