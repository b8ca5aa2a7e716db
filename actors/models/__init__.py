"""The nouns of the third storey: everything that joins."""

from actors.models.actor import Actor
from actors.models.assignment import ApplicationFocus, LayerPlacement, Membership
from actors.models.former import FormerSlug, FormerUid
from actors.models.identity import ActorAlias, ContactPerson, Identifier
from actors.models.merge import TermMerge
from actors.models.offer import Service, ServiceArea
from actors.models.relation import ActorRelation
from actors.models.search import (
    ReindexQueue,
    SearchDocument,
    SearchedArea,
    SearchedAreaSynonym,
    SearchedLayer,
    SearchNames,
    SearchWord,
)
from actors.models.topic import ActorTopic, Topic, TopicLink, TopicSynonym
from actors.models.touch import ActorTouch

__all__ = [
    "Actor",
    "ActorAlias",
    "ActorRelation",
    "ActorTopic",
    "ActorTouch",
    "ApplicationFocus",
    "ContactPerson",
    "FormerSlug",
    "FormerUid",
    "Identifier",
    "LayerPlacement",
    "Membership",
    "ReindexQueue",
    "SearchDocument",
    "SearchNames",
    "SearchWord",
    "SearchedArea",
    "SearchedAreaSynonym",
    "SearchedLayer",
    "Service",
    "ServiceArea",
    "TermMerge",
    "Topic",
    "TopicLink",
    "TopicSynonym",
]
