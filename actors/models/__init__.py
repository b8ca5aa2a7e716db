"""The nouns of the third storey: everything that joins."""

from actors.models.actor import Actor
from actors.models.assignment import ApplicationFocus, LayerPlacement, Membership
from actors.models.former import FormerSlug, FormerUid
from actors.models.frequent import FrequentWord
from actors.models.identity import ActorAlias, ContactPerson, Identifier
from actors.models.offer import ActorTopic, Service, ServiceArea, Topic
from actors.models.relation import ActorRelation
from actors.models.search import (
    SearchDocument,
    SearchedArea,
    SearchedLayer,
    SearchNames,
    SearchWord,
    StaleDocument,
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
    "FrequentWord",
    "Identifier",
    "LayerPlacement",
    "Membership",
    "SearchDocument",
    "SearchNames",
    "SearchWord",
    "SearchedArea",
    "SearchedLayer",
    "Service",
    "ServiceArea",
    "StaleDocument",
    "Topic",
]
