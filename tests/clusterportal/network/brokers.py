"""Brokers by definition, every pair listed, also of directed networks: a second opinion on what the portal counts."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from clusterportal.network.domain.brokerage import Role, role_of
from clusterportal.network.domain.graph import Network
from clusterportal.network.domain.groups import NONE, Groups


class Brokered(NamedTuple):
    """What one broker joins: pairs from one group to another. Groups and actors are places."""

    broker: int
    role: Role
    source: int
    target: int
    pairs: np.ndarray  # two columns, places of actors


def brokered(network: Network, groups: Groups) -> Iterator[Brokered]:
    """Everything that is brokered, by broker, source and target group; the actors without a group take no part.

    Of an undirected network a tie leads both ways, so that every pair is there twice, and who is a gatekeeper is a
    representative too.
    """
    arcs = network.ties
    if not network.choice.directed:
        arcs = np.concatenate([arcs, arcs[:, ::-1]])
    arcs = arcs[(groups.numbers[arcs] != NONE).all(axis=1)]
    codes = np.sort(arcs[:, 0] * network.size + arcs[:, 1])
    sources, targets = _neighbours(arcs[:, ::-1], network.size), _neighbours(arcs, network.size)
    for broker in range(network.size):
        pairs = _open_pairs(sources[broker], targets[broker], codes, network.size)
        if len(pairs):
            yield from _by_groups(broker, pairs, groups.numbers)


def _neighbours(arcs: np.ndarray, size: int) -> list[np.ndarray]:
    """By actor where its arcs lead."""
    order = np.lexsort((arcs[:, 1], arcs[:, 0]))
    borders = np.searchsorted(arcs[order, 0], np.arange(1, size))
    return np.split(arcs[order, 1], borders)


def _open_pairs(sources: np.ndarray, targets: np.ndarray, codes: np.ndarray, size: int) -> np.ndarray:
    """Every source with every target that it has no arc to; `codes` are the arcs that there are, ascending."""
    pairs = np.column_stack([np.repeat(sources, len(targets)), np.tile(targets, len(sources))])
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    wanted = pairs[:, 0] * size + pairs[:, 1]
    place = np.searchsorted(codes, wanted)
    is_closed = codes[np.minimum(place, len(codes) - 1)] == wanted if len(codes) else np.zeros(0, bool)
    return pairs[~is_closed]


def _by_groups(broker: int, pairs: np.ndarray, numbers: np.ndarray) -> Iterator[Brokered]:
    ends = numbers[pairs]
    for source, target in np.unique(ends, axis=0).tolist():
        role = role_of(source, int(numbers[broker]), target)
        yield Brokered(broker, role, source, target, pairs[(ends == (source, target)).all(axis=1)])
