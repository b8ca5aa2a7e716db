"""Every formula against values worked by hand, and against networkx as a second opinion."""

import random
from fractions import Fraction as F

import networkx
import numpy as np
import pytest

from clusterportal.core.indicator import Reason
from clusterportal.network.domain import measures
from clusterportal.network.domain.brokerage import Role, joined, open_pairs
from tests.bench.network import draw
from tests.clusterportal.network.brokers import brokered
from tests.clusterportal.network.networks import (
    DIRECTED,
    DIRECTED_GROUPS,
    SEVEN,
    SEVEN_GROUPS,
    grouped,
    network,
)

FEW, NO_TIES, UNDEFINED = Reason.TOO_FEW, Reason.NO_RELATIONS, Reason.NOT_DEFINED
ROUND_ONE = F(11, 18)  # the constraint of C and D: a triangle and a bridge


def ei_of_parity(drawn):
    """Of the groups ACEG and BDF."""
    groups = grouped("".join("xy"[key % 2] for key in drawn.actors.tolist()))
    return measures.e_i_index(*measures.ties_of_groups(drawn, groups))


def joined_pairs(drawn):
    """How many pairs brokers join in all, each counted both ways."""
    groups = grouped("x" * drawn.size)
    return sum(len(one.pairs) for one in brokered(drawn, groups))


MEASURES = [
    measures.density, measures.mean_degree, measures.share_of_isolates, measures.component_sizes, measures.bridges,
    measures.articulation_points, measures.transitivity, measures.degree_centralisation, measures.core_numbers,
    measures.constraints, measures.betweenness, ei_of_parity, joined_pairs,
]  # fmt: skip
# Drawn, alone: the values in the order of MEASURES. The test graph with parallel and self ties is the test graph.
OF_SEVEN = (
    F(1, 3), 2, F(1, 7), [6, 1], [3], [2, 3], F(3, 5), F(7, 30), [2] * 6 + [0],
    [F(145, 144)] * 2 + [ROUND_ONE] * 2 + [F(145, 144)] * 2 + [NO_TIES], [0, 0, F(2, 5), F(2, 5), 0, 0, 0], F(3, 7), 8,
)  # fmt: skip
OF_PAIR = (1, 1, 0, [2], [0], [], UNDEFINED, FEW, [1, 1], [1, 1], [0, 0], 1, 0)
BY_HAND = {
    ("", ""): (FEW, FEW, FEW, [], [], [], FEW, FEW, [], [], [], NO_TIES, 0),
    ("", "A"): (FEW, NO_TIES, NO_TIES, [1], [], [], NO_TIES, FEW, [0], [NO_TIES], [0], NO_TIES, 0),
    ("AA", ""): (FEW, NO_TIES, NO_TIES, [1], [], [], NO_TIES, FEW, [0], [NO_TIES], [0], NO_TIES, 0),
    ("", "AB"): (NO_TIES, NO_TIES, NO_TIES, [1, 1], [], [], NO_TIES, FEW, [0, 0], [NO_TIES] * 2, [0, 0],
                 NO_TIES, 0),
    ("AB", ""): OF_PAIR,
    ("AB AB BA AA BB", ""): OF_PAIR,
    ("AA", "BC"): (NO_TIES, NO_TIES, NO_TIES, [1, 1, 1], [], [], NO_TIES, NO_TIES, [0] * 3, [NO_TIES] * 3,
                   [0] * 3, NO_TIES, 0),
    ("AB", "CD"): (F(1, 6), F(1, 2), F(1, 2), [2, 1, 1], [0], [], UNDEFINED, F(1, 3), [1, 1, 0, 0],
                   [1, 1, NO_TIES, NO_TIES], [0] * 4, 1, 0),
    ("AB AC AD", ""): (F(1, 2), F(3, 2), 0, [4], [0, 1, 2], [0], 0, 1, [1] * 4, [F(1, 3), 1, 1, 1],
                       [1, 0, 0, 0], F(1, 3), 6),
    (SEVEN, "G"): OF_SEVEN,
    (f"{SEVEN} BA FD CC", "G"): OF_SEVEN,
}  # fmt: skip


def plain(values):
    """Numbers as floats near enough, reasons as they are."""
    if isinstance(values, Reason):
        return values
    if isinstance(values, (int, float, F)):
        return pytest.approx(float(values), abs=1e-12)
    return [plain(value) for value in list(values)]


@pytest.mark.parametrize("drawn", BY_HAND, ids=" ".join)
def test_values_worked_by_hand(drawn):
    ties, alone = drawn
    shown = network(ties, alone=alone)
    found = {measure.__name__: _listed(measure(shown)) for measure in MEASURES}
    by_hand = zip(MEASURES, BY_HAND[drawn], strict=True)
    assert found == {measure.__name__: plain(value) for measure, value in by_hand}


def _listed(value):
    return value.tolist() if hasattr(value, "tolist") else value


def test_density_of_directions():
    assert measures.density(network(DIRECTED, is_directed=True)) == 6 / 30
    with pytest.raises(ValueError, match="undirected"):
        measures.transitivity(network(DIRECTED, is_directed=True))


@pytest.mark.parametrize(
    ("ties", "groups", "of_ties", "index", "of_pairs", "expected"),
    [
        (SEVEN, SEVEN_GROUPS, (3, 4), F(-1, 7), (16, 5), F(11, 21)),
        (SEVEN, "xxx----", (0, 3), -1, (0, 3), -1),
        (SEVEN, "-------", (0, 0), NO_TIES, (0, 0), NO_TIES),
        ("AB", "xyzzzzz", (1, 0), 1, (11, 10), F(1, 21)),
    ],
)
def test_ties_that_lead_out_of_groups(ties, groups, of_ties, index, of_pairs, expected):
    groups = grouped(groups)
    assert measures.ties_of_groups(network(ties, alone="ABCDEFG"), groups) == of_ties
    assert measures.e_i_index(*of_ties) == plain(index)
    assert measures.pairs_of_groups(groups) == of_pairs
    assert measures.e_i_index(*of_pairs) == plain(expected)


def test_stability_counts_the_ties_of_either_year():
    before, after = network("AB BC CD"), network("BC CD DE", alone="A")
    assert measures.tie_stability(before, after) == 2 / 4
    assert measures.tie_stability(network("", alone="A"), network("")) is NO_TIES


def roles(drawn, groups) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for one in brokered(drawn, groups):
        of_broker = found.setdefault("ABCDEFG"[one.broker], {})
        of_broker[one.role.value] = of_broker.get(one.role.value, 0) + len(one.pairs)
    return found


def test_brokerage_roles_worked_by_hand():
    assert roles(network(DIRECTED, is_directed=True), grouped(DIRECTED_GROUPS)) == {
        "A": {"gatekeeper": 1},
        "B": {"coordinator": 1, "representative": 1},
        "C": {"gatekeeper": 1, "itinerant": 1, "liaison": 1},
    }
    assert roles(network(SEVEN, alone="G"), grouped(SEVEN_GROUPS)) == {
        "C": {"gatekeeper": 2, "representative": 2},
        "D": {"gatekeeper": 1, "representative": 1, "liaison": 2},
    }


def test_networkx_says_the_same():
    rng = random.Random(17)
    letters = [chr(65 + number) for number in range(40)]
    for density in (0.03, 0.1, 0.3):
        ties = [a + b for a in letters for b in letters if a < b and rng.random() < density]
        drawn = network(" ".join(ties), alone="".join(letters))
        other = networkx.Graph()
        other.add_nodes_from(range(40))
        other.add_edges_from(drawn.ties.tolist())
        constraint = networkx.constraint(other)
        between = networkx.betweenness_centrality(other)
        degrees = [*networkx.degree_centrality(other).values()]
        centralisation = sum(max(degrees) - one for one in degrees) / 38
        assert measures.degree_centralisation(drawn) == pytest.approx(centralisation)
        assert measures.mean_degree(drawn) == pytest.approx(sum(degrees) * 39 / 40)
        assert measures.share_of_isolates(drawn) == networkx.number_of_isolates(other) / 40
        networkx.set_node_attributes(other, {n: n % 2 for n in range(40)}, "parity")
        mixed = networkx.attribute_mixing_matrix(other, "parity", mapping={0: 0, 1: 1}, normalized=False)
        ends = mixed.tolist()  # a tie across is told in two cells, one within a group twice in its own
        external, internal = ends[0][1], (ends[0][0] + ends[1][1]) / 2
        assert ei_of_parity(drawn) == pytest.approx((external - internal) / (external + internal))
        assert measures.density(drawn) == pytest.approx(networkx.density(other))
        assert measures.transitivity(drawn) == pytest.approx(networkx.transitivity(other))
        assert measures.component_sizes(drawn) == sorted(
            map(len, networkx.connected_components(other)), reverse=True
        )
        assert {*map(tuple, drawn.ties[measures.bridges(drawn)].tolist())} == {
            tuple(sorted(pair)) for pair in networkx.bridges(other)
        }
        assert {*measures.articulation_points(drawn).tolist()} == {*networkx.articulation_points(other)}
        assert measures.core_numbers(drawn).tolist() == list(networkx.core_number(other).values())
        assert measures.betweenness(drawn).tolist() == pytest.approx([between[n] for n in range(40)])
        for place, value in enumerate(measures.constraints(drawn)):
            has_ties = other.degree(place) > 0
            assert value == pytest.approx(constraint[place]) if has_ties else value is NO_TIES


def test_the_roles_by_definition():
    """Every two-path looked at one by one, on directed networks drawn by lot."""
    rng = random.Random(4)
    letters = "ABCDEFGHIJ"
    for _drawn in range(5):
        arcs = {(a, b) for a in range(10) for b in range(10) if a != b and rng.random() < 0.25}
        groups = grouped("".join(rng.choice("xyz-") for _letter in letters))
        drawn = network(" ".join(letters[a] + letters[b] for a, b in arcs), alone=letters, is_directed=True)
        of = groups.numbers.tolist()
        expected = sorted(
            (v, a, b)
            for a, v in arcs
            for w, b in arcs
            if v == w and a != b and (a, b) not in arcs and min(of[a], of[v], of[b]) >= 0
        )
        found = [
            (one.broker, *pair, one.role, one.source, one.target)
            for one in brokered(drawn, groups)
            for pair in one.pairs.tolist()
        ]
        assert sorted(row[:3] for row in found) == expected
        for v, a, b, role, source, target in found:
            assert (source, target) == (of[a], of[b]) and role == by_definition(of[a], of[v], of[b])


def test_counting_pairs_says_what_listing_them_says():
    rng = random.Random(5)
    letters = "ABCDEFGHIJKL"
    for density in (0, 0.2, 0.5):
        ties = [a + b for a in letters for b in letters if a < b and rng.random() < density]
        drawn = network(" ".join(ties), alone=letters)
        groups = grouped("".join(rng.choice("xyz-") for _letter in letters))
        listed = {
            (one.broker, one.source, one.target): sorted(map(tuple, one.pairs.tolist()))
            for one in brokered(drawn, groups)
            if one.source <= one.target
        }
        counted = {tuple(row[:3]): row[3] for row in np.column_stack(joined(drawn, groups)).tolist()}
        assert counted == {key: len(pairs) // (1 + (key[1] == key[2])) for key, pairs in listed.items()}
        for key, pairs in listed.items():
            once = [pair for pair in pairs if key[1] != key[2] or pair[0] < pair[1]]
            assert sorted(open_pairs(drawn, groups, *key)) == once


def test_the_bench_draws_simple_networks():
    drawn = draw(50, 200)
    assert drawn.tolist() == draw(50, 200).tolist() and len({*map(tuple, drawn.tolist())}) == 200
    assert (drawn[:, 0] < drawn[:, 1]).all() and drawn.min() >= 0 and drawn.max() < 50


def by_definition(a, v, b) -> Role:
    return {
        (True, True): Role.COORDINATOR, (True, False): Role.REPRESENTATIVE, (False, True): Role.GATEKEEPER,
        (False, False): Role.ITINERANT if a == b else Role.LIAISON,
    }[a == v, v == b]  # fmt: skip
