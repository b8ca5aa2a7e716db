"""Where reviewers decide, and where editors' changes turn into proposals."""

from clusterportal.review.admin.actor import ReviewedActorAdmin
from clusterportal.review.admin.proposal import ProposalAdmin
from clusterportal.review.admin.relation import ReviewedRelationAdmin
from clusterportal.review.admin.representation import RepresentationAdmin

__all__ = ["ProposalAdmin", "RepresentationAdmin", "ReviewedActorAdmin", "ReviewedRelationAdmin"]
