"""What published figures may not give away about single actors: few actors, one that dominates, differences."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import igraph

MIN_ACTORS = 3
"""Fewer actors are not published: each of two could subtract itself and know the other."""

DOMINANCE = ((1, 0.75), (2, 0.85))
"""The n largest may not have more than this share together.

The (n, k) rule with n = 2 and k = 85 % as in Hundepool et al.: Handbook on Statistical Disclosure Control (ESSNet SDC,
2010); 75 % for a single one is our own choice.
"""

_LAST = 10**6  # totals are what readers need most: they are hidden only where cells do not suffice


def too_few(actor_count: int) -> bool:
    """Whether a figure stands on so few actors that it is not published; on none at all there is nothing to hide."""
    return 0 < actor_count < MIN_ACTORS


def is_dominated(contributions: Iterable[float]) -> bool:
    """Whether one or two of the actors behind a sum make up nearly all of it, by the rule of `DOMINANCE`.

    Contributions are amounts from nought up, one an actor. A sum of nought is dominated by nobody.
    """
    largest = sorted(contributions, reverse=True)
    whole = sum(largest)
    return whole > 0 and any(sum(largest[:count]) > share * whole for count, share in DOMINANCE)


@dataclass(frozen=True)
class Shown:
    """A table of counts with its totals as it may be published; None where a number is hidden."""

    rows: list[list[int | None]]
    row_totals: list[int | None]
    column_totals: list[int | None]
    total: int | None


def suppressed(rows: Sequence[Sequence[int]]) -> Shown:
    """The table with its totals, without the counts of too few actors and without what gives those away.

    Complementary suppression: nobody can compute a hidden number from what is shown, not even knowing that hidden
    numbers are at least 1 (nought is always shown: a gap is nobody's secret). For each number that must go, the
    cheapest numbers go with it that let all of them shift by one while every shown sum stays. So the hidden rest of a
    row or column is never of too few actors either. What is protected is the exact value: a range can still be told.
    """
    height, width = len(rows), len(rows[0]) if rows else 0
    if any(len(row) != width for row in rows) or any(count < 0 for row in rows for count in row):
        raise ValueError("rows are equally long, counts at least nought")
    counts = [[*row, sum(row)] for row in rows]
    counts.append([sum(column) for column in zip(*counts, strict=True)] if counts else [0])
    hidden = _hidden(counts, height, width)
    shown = [
        [None if (row, column) in hidden else count for column, count in enumerate(line)]
        for row, line in enumerate(counts)
    ]
    return Shown(
        [line[:-1] for line in shown[:-1]], [line[-1] for line in shown[:-1]], shown[-1][:-1], shown[-1][-1]
    )


def _hidden(counts: list[list[int]], height: int, width: int) -> set[tuple[int, int]]:
    """Places of the numbers to hide, in the table with its totals as last row and last column.

    Rows and columns are the nodes of a network, a number is a way between its row and its column: along it when it
    grows by one, against it when it shrinks (for a total the other way round). A round trip keeps every sum.
    """
    ways: list[tuple[int, int]] = []
    places: list[tuple[int, int]] = []
    for row, line in enumerate(counts):
        for column, count in enumerate(line):
            along = (row, height + 1 + column)
            against = along[::-1]
            grows, shrinks = (along, against) if (row == height) == (column == width) else (against, along)
            ways += [grows] * (count > 0) + [shrinks] * (count > 1)
            places += [(row, column)] * (count > 0) + [(row, column)] * (count > 1)
    network = igraph.Graph(n=height + width + 2, edges=ways, directed=True)
    hidden = {(row, column) for row, column in places if too_few(counts[row][column])}
    for place in sorted(hidden, key=lambda place: (counts[place[0]][place[1]], place)):
        hidden.update(_round_trip(network, ways, places, place, hidden, counts))
    return hidden


def _round_trip(network, ways, places, place, hidden, counts) -> set[tuple[int, int]]:
    """The numbers on the cheapest round trip through this one, those that are hidden anyway costing nothing."""

    def cost(other: tuple[int, int]) -> float:
        if other == place:
            return float("inf")  # its own way back is no round trip
        if other in hidden:
            return 0
        totals = (other[0] == len(counts) - 1) + (other[1] == len(counts[0]) - 1)
        return counts[other[0]][other[1]] + totals * _LAST

    costs = [cost(other) for other in places]
    trips = []
    for number, other in enumerate(places):
        if other == place:
            start, end = ways[number]
            edges = network.get_shortest_path(end, start, weights=costs, output="epath")
            trips.append((sum(costs[edge] for edge in edges), edges))
    return {places[edge] for edge in min(trips)[1]}
