"""Puts actors into columns and breaks long edges into pieces from column to column.

Column 0 is the margin: actors outside the region or without a layer. A long edge passes each column between
its ends through a reserved slot. Long edges of one kind at one actor share their slots: they run as a bundle
with that actor as the hub, so a line forks where it must and not before.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from .shapes import Column, Edge, Key, Node


@dataclass(frozen=True)
class Strand:
    """An edge as a chain of items from left to right; `hub_is_right` tells where its bundle starts."""

    edge: Edge
    items: tuple[int, ...]
    hub_is_right: bool = False


@dataclass(frozen=True)
class Layering:
    """Items are numbers: the nodes in the order given, then the slots.

    `links` join neighbouring columns, `sides` join two nodes of the same column.
    """

    columns: tuple[tuple[int, ...], ...]
    strands: tuple[Strand, ...]
    links: tuple[tuple[int, int], ...]
    sides: tuple[tuple[int, int], ...]
    keys: tuple[Key, ...]

    def is_slot(self, item: int) -> bool:
        return item >= len(self.keys)


def column_of(node: Node, columns: Sequence[Column]) -> int:
    """The column of an actor: that of its first layer, counted from 1; 0 is the margin."""
    if not node.is_external:
        ranks = {column.position: rank for rank, column in enumerate(columns, start=1)}
        for position in node.positions:
            if position in ranks:
                return ranks[position]
    return 0


def layering(nodes: Sequence[Node], edges: Sequence[Edge], columns: Sequence[Column]) -> Layering:
    """Columns, strands and links of a network whose edges are all drawable."""
    place = [column_of(node, columns) for node in nodes]
    number = {node.key: item for item, node in enumerate(nodes)}
    contents: list[list[int]] = [[] for _ in range(len(columns) + 1)]
    for item, column in enumerate(place):
        contents[column].append(item)
    ends = [_left_to_right(edge, number, place) for edge in edges]
    hubs = _hubs(edges, ends, place)
    slots: dict[tuple[Key, str, bool, int], int] = {}
    strands = []
    for edge, (left, right), hub_is_right in zip(edges, ends, hubs, strict=True):
        chain = [left]
        for column in range(place[left] + 1, place[right]):
            name = (right if hub_is_right else left, edge.kind, hub_is_right, column)
            if name not in slots:
                slots[name] = len(nodes) + len(slots)
                contents[column].append(slots[name])
            chain.append(slots[name])
        strands.append(Strand(edge, (*chain, right), hub_is_right))
    flat = {(left, right) for left, right in ends if place[left] == place[right]}
    steps = dict.fromkeys(
        pair for strand in strands if strand.items not in flat for pair in pairwise(strand.items)
    )
    sides = dict.fromkeys(pair for pair in ends if pair in flat)
    keys = tuple(node.key for node in nodes)
    return Layering(tuple(map(tuple, contents)), tuple(strands), tuple(steps), tuple(sides), keys)


def _left_to_right(edge: Edge, number: dict[Key, int], place: list[int]) -> tuple[int, int]:
    source, target = number[edge.source], number[edge.target]
    return (source, target) if place[source] <= place[target] else (target, source)


def _hubs(edges: Sequence[Edge], ends: list[tuple[int, int]], place: list[int]) -> list[bool]:
    """For each edge whether its right end is the hub: the end with more long edges of the kind."""
    is_long = [place[right] - place[left] > 1 for left, right in ends]
    busy: Counter[tuple[int, str]] = Counter()
    for edge, pair, long in zip(edges, ends, is_long, strict=True):
        if long:
            busy.update((item, edge.kind) for item in pair)
    return [
        busy[right, edge.kind] > busy[left, edge.kind]
        for edge, (left, right) in zip(edges, ends, strict=True)
    ]
