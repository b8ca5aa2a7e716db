"""Where the bands of a Sankey picture pass its columns, and where the bars of the columns stand. Unit: px.

A band that passes a column takes a place of its own in it: those that start in the first column above its bar, all
others below. So of the ten bands that five columns can have at most two cross. (Five columns with all ten bands cannot
be drawn without a crossing: the complete graph of five nodes is not planar.)
"""

from collections.abc import Sequence
from dataclasses import dataclass

Pair = tuple[int, int]  # positions of two layers, the smaller first; twice the same: within one layer
Places = dict[
    tuple[Pair, int], float
]  # upper edge of a bundle in a column, by its pair and the column's rank

SLOT = 32  # from one passing band to the next: room for the number of each
AROUND = 18  # between a bar and what passes it


@dataclass(frozen=True)
class Bundle:
    """All relations of one pair: the ranks of its columns from 0, and its height where it meets a bar."""

    pair: Pair
    ranks: Pair
    count: int
    size: float

    @property
    def is_loop(self) -> bool:
        return self.ranks[0] == self.ranks[1]


@dataclass(frozen=True)
class Stack:
    """What stands in one column, from the top: bands that pass, the bar with what enters and leaves it, bands again."""

    above: list[Bundle]
    enter: list[Bundle]
    leave: list[Bundle]
    below: list[Bundle]
    height: float  # of the bar
    foot: float = 0  # kept free below the bar

    @classmethod
    def of(cls, rank: int, bundles: Sequence[Bundle], *, empty: float) -> "Stack":
        """The stack of a column; a bar without any bundle is `empty` px high."""
        passing = [one for one in bundles if one.ranks[0] < rank < one.ranks[1]]
        enter = [one for one in bundles if one.ranks[0] < rank == one.ranks[1]]
        leave = [one for one in bundles if one.ranks[0] == rank]
        most = max(_sum(enter), _sum(leave))
        return cls(
            above=sorted((b for b in passing if not b.ranks[0]), key=lambda b: -b.ranks[1]),
            enter=sorted(enter, key=lambda b: (b.ranks[0] > 0, -b.ranks[0])),
            leave=sorted(leave, key=lambda b: (b.is_loop, b.ranks[1] if rank else -b.ranks[1])),
            below=sorted((b for b in passing if b.ranks[0]), key=lambda b: (-b.ranks[0], b.ranks[1])),
            height=most or empty,
            foot=0 if most else AROUND,
        )

    def offsets(self) -> tuple[dict[Pair, float], float]:
        """Upper edges of what passes, from the top of the stack, and that of the bar."""
        spots, y = _slots(self.above, 0)
        top = y + AROUND if self.above else 0.0
        under, _end = _slots(self.below, top + self.height + self.foot + AROUND)
        return spots | under, top


def placed(
    bundles: Sequence[Bundle], number: int, *, empty: float
) -> tuple[list[tuple[float, float]], Places]:
    """(top, height) of the bar of each of the `number` columns, and the places of the bundles; the topmost is at 0.

    From left to right each stack stands as level as it can with what comes into it.
    """
    bars: list[tuple[float, float]] = []
    places: Places = {}
    for rank in range(number):
        stack = Stack.of(rank, bundles, empty=empty)
        spots, top = stack.offsets()
        within = _offsets(stack.enter)
        wanted = spots | {pair: top + offset for pair, offset in within.items()}
        coming = [*stack.above, *stack.enter, *stack.below]
        shift = _mean([(places[b.pair, rank - 1] - wanted[b.pair], b.size) for b in coming])
        top += shift
        slide = _mean([(places[b.pair, rank - 1] - top - within[b.pair], b.size) for b in stack.enter])
        slide = min(max(slide, 0), stack.height - _sum(stack.enter))
        places |= {(pair, rank): spot + shift for pair, spot in spots.items()}
        places |= {(pair, rank): top + slide + offset for pair, offset in within.items()}
        places |= {(pair, rank): top + offset for pair, offset in _offsets(stack.leave).items()}
        bars.append((top, stack.height))
    first = min([*places.values(), *(top for top, _height in bars)], default=0)
    return [(top - first, height) for top, height in bars], {key: y - first for key, y in places.items()}


def _sum(bundles: Sequence[Bundle]) -> float:
    return sum(one.size for one in bundles)


def _mean(wishes: Sequence[tuple[float, float]]) -> float:
    """The weighted mean of (value, weight); 0 of none."""
    weight = sum(weight for _value, weight in wishes)
    return sum(value * weight for value, weight in wishes) / weight if weight else 0


def _offsets(bundles: Sequence[Bundle]) -> dict[Pair, float]:
    """How far below the top of a bar each of its bundles begins."""
    offset, found = 0.0, {}
    for one in bundles:
        found[one.pair] = offset
        offset += one.size
    return found


def _slots(bundles: Sequence[Bundle], y: float) -> tuple[dict[Pair, float], float]:
    """Upper edges of bands that pass a column one below the other from `y` on, and where the last place ends."""
    spots = {}
    for one in bundles:
        room = max(SLOT, one.size + 6)
        spots[one.pair] = y + (room - one.size) / 2
        y += room
    return spots, y
