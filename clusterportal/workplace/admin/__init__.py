"""Where curators work all day."""

from clusterportal.workplace.admin.actor import WorkplaceActorAdmin

__all__ = ["WorkplaceActorAdmin"]
