"""Who joins whom, as sentences: "DFKI joins Software to Vehicles for 4 pairs.", with the pairs."""

from collections.abc import Collection
from dataclasses import dataclass
from heapq import nlargest

import numpy as np
from django.utils.translation import ngettext

from actors.models import Actor
from clusterportal.network.domain.brokerage import Brokered, Role, brokered
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
    network: Network,
    groups: Groups,
    *,
    most: int = MOST_SENTENCES,
    roles: Collection[Role] = tuple(Role),
) -> list[BrokerSentence]:
    """The `most` sentences with the most pairs of these roles, in the active language; one query.

    A pair of an undirected network counts once, and stands in the order of the groups: from research to market.
    """
    found = (one for one in brokered(network, groups) if one.role in roles)
    if not network.choice.directed:
        found = (once for one in found if len((once := _once(one)).pairs))
    largest = nlargest(most, found, key=lambda one: (len(one.pairs), -one.broker))
    shown = [one._replace(pairs=one.pairs[:MOST_PAIRS]) for one in largest]
    places = np.unique(np.concatenate([[one.broker, *one.pairs.ravel()] for one in shown] or [[]]))
    actors = Actor.objects.with_keys(network.actors[places.astype(int)].tolist()).in_bulk()
    return [
        _sentence(one, len(whole.pairs), actors, network, groups)
        for one, whole in zip(shown, largest, strict=True)
    ]


def _once(one: Brokered) -> Brokered:
    """Of both orders of each pair the one that goes up: in the order of the groups, within a group by place."""
    if one.source == one.target:
        return one._replace(pairs=one.pairs[one.pairs[:, 0] < one.pairs[:, 1]])
    return one if one.source < one.target else one._replace(pairs=one.pairs[:0])


def _sentence(one: Brokered, number: int, actors: dict, network: Network, groups: Groups) -> BrokerSentence:
    def actor(place: int) -> Actor:
        return actors[int(network.actors[place])]

    own = int(groups.numbers[one.broker])
    words = {
        "actor": actor(one.broker),
        "source": groups.names[one.source],
        "target": groups.names[one.target],
        "own": groups.names[own],
        "count": number,
    }
    text = _text(own, one, number) % words
    pairs = [(actor(source), actor(target)) for source, target in one.pairs.tolist()]
    return BrokerSentence(actor(one.broker), one.role, text, number, pairs)


def _text(own: int, one: Brokered, number: int) -> str:
    is_within, is_own = one.source == one.target, own in (one.source, one.target)
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
