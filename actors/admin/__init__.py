"""The curators' workplace."""

from actors.admin.actor import ActorAdmin
from actors.admin.relation import ActorRelationAdmin
from actors.admin.topic import TopicAdmin

__all__ = ["ActorAdmin", "ActorRelationAdmin", "TopicAdmin"]
