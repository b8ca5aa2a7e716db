"""What is compared of actors, read for many of them in a handful of queries."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace

from actors.enums import RelationKind
from actors.models import Actor, ActorAlias, ActorRelation, Identifier
from clusterportal.quality.domain.candidates import shared_hosts
from clusterportal.quality.domain.similarity import Facts
from clusterportal.quality.functions import BareNumber, PlainName, WebsiteHost


def facts_of(actor_ids: Collection[int]) -> dict[int, Facts]:
    """Facts by the key of the actor; a website that many have in common is left out."""
    aliases, identifiers = defaultdict(set), defaultdict(lambda: defaultdict(set))
    for pk, name in (
        ActorAlias.objects.filter(actor__in=actor_ids).values_list("actor", PlainName("name")).order_by()
    ):
        aliases[pk].add(name)
    numbers = Identifier.objects.filter(actor__in=actor_ids).order_by()
    for pk, scheme, number in numbers.values_list("actor", "scheme", BareNumber("value")):
        identifiers[pk][scheme].add(number)
    actors = Actor.objects.filter(pk__in=actor_ids).annotate(
        plain=PlainName("name"), plain_short=PlainName("short_name"), plain_city=PlainName("city"),
        host=WebsiteHost("website"),
    )  # fmt: skip
    found = {
        actor.pk: Facts(
            names=frozenset(filter(None, {actor.plain, actor.plain_short, *aliases[actor.pk]})),
            identifiers={scheme: frozenset(values) for scheme, values in identifiers[actor.pk].items()},
            website_host=actor.host,
            country=actor.country,
            postcode=actor.postcode,
            city=actor.plain_city,
            city_label=actor.city,
            position=None if actor.latitude is None else (actor.latitude, actor.longitude),
        )
        for actor in actors
    }
    shared = shared_hosts({facts.website_host for facts in found.values()} - {""})
    return {
        pk: replace(facts, website_host="") if facts.website_host in shared else facts
        for pk, facts in found.items()
    }


def kinships(actor_ids: Collection[int]) -> set[frozenset[int]]:
    """Pairs of actors of which one is the parent of the other, as body or as origin."""
    relations = ActorRelation.objects.filter(
        source__in=actor_ids, target__in=actor_ids, kind__in=[RelationKind.PARENT, RelationKind.SPIN_OFF]
    )
    return {frozenset(ends) for ends in relations.values_list("source", "target").order_by()}
