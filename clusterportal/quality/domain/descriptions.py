"""What is compared of actors, read for many of them in a handful of queries."""

from collections.abc import Collection
from dataclasses import replace

from actors.enums import RelationKind
from actors.models import Actor, ActorRelation
from clusterportal.intake.identity.description import Description
from clusterportal.intake.identity.registry import descriptions
from clusterportal.quality.domain.candidates import shared


def descriptions_of(actor_ids: Collection[int]) -> dict[int, Description]:
    """Descriptions by the key of the actor; a website or telephone that many have in common is left out."""
    found = {pk: one for pk, one, _title in descriptions(Actor.objects.filter(pk__in=actor_ids))}
    hosts = shared("host", {one.host for one in found.values()} - {""})
    phones = shared("phone", {one.phone for one in found.values()} - {""})
    return {
        pk: replace(
            one, host="" if one.host in hosts else one.host, phone="" if one.phone in phones else one.phone
        )
        for pk, one in found.items()
    }


def kinships(actor_ids: Collection[int]) -> set[frozenset[int]]:
    """Pairs of actors of which one is the parent of the other, as body or as origin."""
    relations = ActorRelation.objects.filter(
        source__in=actor_ids, target__in=actor_ids, kind__in=[RelationKind.PARENT, RelationKind.SPIN_OFF]
    )
    return {frozenset(ends) for ends in relations.values_list("source", "target").order_by()}
