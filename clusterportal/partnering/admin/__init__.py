"""The workplace of requests and offers."""

from clusterportal.partnering.admin.search import PartnerSearchAdmin

__all__ = ["PartnerSearchAdmin"]
