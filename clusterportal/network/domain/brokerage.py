"""Who joins whom: brokerage roles of R. Gould and R. Fernandez (Sociological Methodology 19, 1989).

A broker v stands between a and b where a tie leads from a to v and one from v to b, but none from a to b. Which role
that is, follows from the groups of the three.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from django.db import models
from django.utils.translation import gettext_lazy as _

from clusterportal.network.domain.graph import Network
from clusterportal.network.domain.groups import NONE, Groups


class Role(models.TextChoices):
    COORDINATOR = "coordinator", _("joins within its own group")
    ITINERANT = "itinerant", _("joins within another group")
    GATEKEEPER = "gatekeeper", _("lets others into its own group")
    REPRESENTATIVE = "representative", _("leads its own group to others")
    LIAISON = "liaison", _("joins two other groups")


class Joined(NamedTuple):
    """How many open pairs each actor joins from one group to another: arrays of equal length, of places and counts."""

    brokers: np.ndarray
    sources: np.ndarray
    targets: np.ndarray
    numbers: np.ndarray


def joined(network: Network, groups: Groups) -> Joined:
    """What the actors of an undirected network join, each pair once: all pairs of neighbours less the tied ones.

    The actors without a group take no part. `sources` are not above `targets`. Listing the pairs of a hub takes the
    square of its ties, counting them does not.
    """
    size = len(groups.names)
    ties = network.ties[(groups.numbers[network.ties] != NONE).all(axis=1)]
    near = np.zeros((size, network.size), np.int64)  # neighbours by group and actor
    for end, far in ((0, 1), (1, 0)):
        np.add.at(near, (groups.numbers[ties[:, far]], ties[:, end]), 1)
    codes, numbers = [], []
    for source in range(size):
        brokers = np.flatnonzero(near[source])
        one = near[source, brokers]
        pairs = one * near[source:, brokers]  # by target and broker
        pairs[0] = one * (one - 1) // 2
        targets, places = np.nonzero(pairs)
        codes.append((brokers[places] * size + source) * size + source + targets)
        numbers.append(pairs[targets, places])
    every, number = np.concatenate(codes or [ties[:, 0]]), np.concatenate(numbers or [ties[:, 0]])
    order = np.argsort(every)
    every, number = every[order], number[order]
    closed, times = np.unique(_closed(network, groups, size), return_counts=True)
    number[np.searchsorted(every, closed)] -= times
    every, number = every[number > 0], number[number > 0]
    return (
        Joined(every // size**2, every // size % size, every % size, number) if size else Joined(*[every] * 4)
    )


def open_pairs(
    network: Network, groups: Groups, broker: int, source: int, target: int
) -> Iterator[tuple[int, int]]:
    """The pairs from group to group that an actor joins in an undirected network, each once."""
    graph, numbers = network.graph, groups.numbers
    near = np.array(graph.neighbors(broker), np.int64)
    others = near[numbers[near] == target]
    for one in near[numbers[near] == source].tolist():
        tied = {one, *graph.neighbors(one)}
        for other in others.tolist():
            if other not in tied and (source != target or one < other):
                yield one, other


def _closed(network: Network, groups: Groups, size: int) -> np.ndarray:
    """For each triangle and each of its three as the broker: the code of broker and groups of the two others."""
    triangles = np.array(network.graph.list_triangles(), np.int64).reshape(-1, 3)
    triangles = triangles[(groups.numbers[triangles] != NONE).all(axis=1)]
    found = []
    for broker, one, other in ((0, 1, 2), (1, 0, 2), (2, 0, 1)):
        ends = np.sort(groups.numbers[triangles[:, [one, other]]], axis=1)
        found.append((triangles[:, broker] * size + ends[:, 0]) * size + ends[:, 1])
    return np.concatenate(found)


def role_of(source: int, broker: int, target: int) -> Role:
    """The role of a broker by the groups of the three."""
    if source == target:
        return Role.COORDINATOR if broker == source else Role.ITINERANT
    if broker == target:
        return Role.GATEKEEPER
    return Role.REPRESENTATIVE if broker == source else Role.LIAISON
