"""Who joins whom, as sentences: "DFKI joins Software to Vehicles for 4 pairs.", with the pairs."""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import islice

import numpy as np
from django.utils.translation import ngettext

from actors.models import Actor
from clusterportal.network.domain.brokerage import Role, joined, open_pairs, role_of
from clusterportal.network.domain.graph import Network
from clusterportal.network.domain.groups import Groups

MOST_SENTENCES = 12
MOST_PAIRS = 30


@dataclass(frozen=True)
class BrokerSentence:
    """`number` pairs that an actor joins, of which the first MOST_PAIRS are named."""

    broker: Actor
    role: Role
    text: str
    number: int
    pairs: list[tuple[Actor, Actor]]


def broker_sentences(
    network: Network, groups: Groups, *, most: int = MOST_SENTENCES, roles: Collection[Role] = tuple(Role)
) -> list[BrokerSentence]:
    """The `most` sentences with the most pairs of these roles, in the active language; one query.

    Of an undirected network, in which a gatekeeper is a representative as well. A pair stands in the order of the
    groups: from research to market.
    """
    found = joined(network, groups)
    order = np.lexsort((found.brokers, -found.numbers))
    ranked = (tuple(int(column[place]) for column in found) for place in order)
    rows = list(islice((row for row in ranked if _role(row, groups) in roles), most))
    pairs = [list(islice(open_pairs(network, groups, *row[:3]), MOST_PAIRS)) for row in rows]
    places = {row[0] for row in rows} | {place for some in pairs for pair in some for place in pair}
    keys = {place: int(network.actors[place]) for place in places}
    named = Actor.objects.with_keys(keys.values()).only("slug", "name", "short_name", "country")
    known = named.in_bulk()
    actors = {place: known[key] for place, key in keys.items()}
    return [_sentence(row, some, actors, groups) for row, some in zip(rows, pairs, strict=True)]


def _role(row: tuple, groups: Groups) -> Role:
    broker, source, target, _number = row
    return role_of(source, int(groups.numbers[broker]), target)


def _sentence(row: tuple, pairs: list[tuple[int, int]], actors: dict, groups: Groups) -> BrokerSentence:
    broker, source, target, number = row
    own = int(groups.numbers[broker])
    words = {
        "actor": actors[broker],
        "source": groups.names[source],
        "target": groups.names[target],
        "own": groups.names[own],
        "count": number,
    }
    return BrokerSentence(
        broker=actors[broker],
        role=_role(row, groups),
        text=_text(own, source, target, number) % words,
        number=number,
        pairs=[(actors[one], actors[other]) for one, other in pairs],
    )


def _text(own: int, source: int, target: int, number: int) -> str:
    is_within, is_own = source == target, own in (source, target)
    if is_within and is_own:
        return ngettext(
            "%(actor)s joins %(count)d pair within its own group, %(source)s.",
            "%(actor)s joins %(count)d pairs within its own group, %(source)s.",
            number,
        )
    if is_within:
        return ngettext(
            "%(actor)s (%(own)s) joins %(count)d pair within %(source)s.",
            "%(actor)s (%(own)s) joins %(count)d pairs within %(source)s.",
            number,
        )
    if is_own:
        return ngettext(
            "%(actor)s joins %(source)s to %(target)s for %(count)d pair.",
            "%(actor)s joins %(source)s to %(target)s for %(count)d pairs.",
            number,
        )
    return ngettext(
        "%(actor)s (%(own)s) joins %(source)s to %(target)s for %(count)d pair.",
        "%(actor)s (%(own)s) joins %(source)s to %(target)s for %(count)d pairs.",
        number,
    )
