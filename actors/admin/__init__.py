"""The curators' workplace."""

from actors.admin.actor import ActorAdmin
from actors.admin.area import CountedAreaAdmin
from actors.admin.relation import ActorRelationAdmin
from actors.admin.term_merge import TermMergeAdmin
from actors.admin.topic import TopicAdmin

__all__ = ["ActorAdmin", "ActorRelationAdmin", "CountedAreaAdmin", "TermMergeAdmin", "TopicAdmin"]
