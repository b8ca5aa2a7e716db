"""Measures of a network that are cheap enough for a page. Each is a value, or the reason why there is none.

All but the density take an undirected network. Formulas: Wasserman and Faust, "Social Network Analysis" (1994), unless
another source is named; computed by igraph.
"""

import math

import igraph
import numpy as np

from clusterportal.core.indicator import Reason
from clusterportal.network.domain.graph import Network
from clusterportal.network.domain.groups import NONE, Groups

Measured = int | float | Reason


def density(network: Network) -> Measured:
    """The share of possible ties that are there: 2m/(n(n-1)), directed m/(n(n-1)); of fewer than two actors none."""
    pairs = network.size * (network.size - 1)
    factor = 1 if network.choice.directed else 2
    return _missing(network, least=2) or factor * len(network.ties) / pairs


def mean_degree(network: Network) -> Measured:
    """Ties an actor, 2m/n; actors without a tie count."""
    return _missing(network) or 2 * _undirected(network).ecount() / network.size


def share_of_isolates(network: Network) -> Measured:
    """The share of actors without a tie."""
    return _missing(network) or _undirected(network).degree().count(0) / network.size


def component_sizes(network: Network) -> list[int]:
    """How many actors each connected part has, the largest first; an actor without a tie is a part of its own."""
    return sorted(_undirected(network).connected_components().sizes(), reverse=True)


def bridges(network: Network) -> np.ndarray:
    """The places in `network.ties` of those without which a part falls into two (R. Tarjan 1974)."""
    return np.array(sorted(_undirected(network).bridges()), np.int64)


def articulation_points(network: Network) -> np.ndarray:
    """The places of the actors without whom a part falls asunder: who holds the network together."""
    return np.array(sorted(_undirected(network).articulation_points()), np.int64)


def transitivity(network: Network) -> Measured:
    """The share of pairs with a common neighbour that are tied: 3 x triangles / triples; without a triple none.

    Not the mean of the actors' own shares, which is another figure.
    """
    return _missing(network) or _number(_undirected(network).transitivity_undirected())


def degree_centralisation(network: Network) -> Measured:
    """How much the ties crowd round one actor, 0 to 1: sum(max d - d)/((n-1)(n-2)) (L. Freeman 1979)."""
    if missing := _missing(network, least=3):
        return missing
    degrees = np.array(_undirected(network).degree())
    return float((degrees.max() - degrees).sum() / ((network.size - 1) * (network.size - 2)))


def core_numbers(network: Network) -> np.ndarray:
    """By actor the largest k for which it is in a part whose actors all have k ties in it (S. Seidman 1983)."""
    return np.array(_undirected(network).coreness(), np.int64)


def constraints(network: Network) -> list[Measured]:
    """By actor how much its contacts are tied to each other (R. Burt 1992); low: it reaches across gaps.

    May be greater than 1. Without a tie there is none, which is not nought.
    """
    return [_number(value, Reason.NO_RELATIONS) for value in _undirected(network).constraint()]


def betweenness(network: Network) -> np.ndarray:
    """By actor the share of shortest paths between others that lead through it, 0 to 1 (L. Freeman 1977).

    Exact, without weights; takes seconds for thousands of actors, so it is for jobs. Of fewer than three actors 0.
    """
    pairs = (network.size - 1) * (network.size - 2) / 2
    values = np.array(_undirected(network).betweenness(), float)
    return values / pairs if pairs > 0 else np.zeros(network.size)


def ties_of_groups(network: Network, groups: Groups) -> tuple[int, int]:
    """(external, internal): ties between groups, and ties within one; where an end has no group, a tie is neither."""
    ends = groups.numbers[network.ties]
    ends = ends[(ends != NONE).all(axis=1)]
    internal = int((ends[:, 0] == ends[:, 1]).sum())
    return len(ends) - internal, internal


def pairs_of_groups(groups: Groups) -> tuple[int, int]:
    """(external, internal): the pairs of actors between groups, and within one."""
    _numbers, sizes = np.unique(groups.numbers[groups.numbers != NONE], return_counts=True)
    internal, total = sum(math.comb(size, 2) for size in sizes.tolist()), math.comb(int(sizes.sum()), 2)
    return total - internal, internal


def e_i_index(external: int, internal: int, *, missing: Reason = Reason.NO_RELATIONS) -> Measured:
    """(E - I)/(E + I), -1 to 1: above 0 more ties lead out of groups than stay within (Krackhardt and Stern 1988).

    Of pairs instead of ties it is the value to expect if ties fell at random. `missing`: why there is none of nothing.
    """
    total = external + internal
    return (external - internal) / total if total else missing


def tie_stability(one: Network, other: Network) -> Measured:
    """The share of ties of either network that both have: |A and B| / |A or B| (Jaccard)."""
    actors = np.union1d(one.actors, other.actors)
    first, second = one.numbered_ties(actors), other.numbered_ties(actors)
    both = len(np.intersect1d(first, second, assume_unique=True))
    either = len(first) + len(second) - both
    return both / either if either else Reason.NO_RELATIONS


def _undirected(network: Network) -> igraph.Graph:
    if network.choice.directed:
        raise ValueError("this measure is of undirected networks")
    return network.graph


def _missing(network: Network, *, least: int = 1) -> Reason | None:
    """Why there is no value: fewer actors than `least`, or nothing recorded between them."""
    if network.size < least:
        return Reason.TOO_FEW
    return None if len(network.ties) else Reason.NO_RELATIONS


def _number(value: float, missing: Reason = Reason.NOT_DEFINED) -> Measured:
    """A value of igraph, which says nan where there is none."""
    return float(value) if math.isfinite(value) else missing
