"""The nouns of the third storey: everything that joins."""

from actors.models.actor import Actor
from actors.models.assignment import ApplicationFocus, LayerPlacement, Membership
from actors.models.former import FormerSlug, FormerUid
from actors.models.identity import ActorAlias, ContactPerson, Identifier
from actors.models.offer import ActorTopic, Service, ServiceArea, Topic
from actors.models.relation import ActorRelation
from actors.models.search import (
    ReindexQueue,
    SearchDocument,
    SearchedArea,
    SearchedLayer,
    SearchNames,
    SearchWord,
)
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
    "SearchedLayer",
    "Service",
    "ServiceArea",
    "Topic",
]
