"""Orders the items of each column so that few lines cross: barycentre sweeps, then exchange of neighbours.

After Sugiyama, Tagawa and Toda, "Methods for visual understanding of hierarchical system structures", IEEE
Trans. SMC 11(2), 1981. Parts of the network that are not joined are ordered apart and stacked, so they never
cross. The number of rounds is bounded; ties keep the order given, so the same input has the same answer.
"""

from bisect import bisect_right, insort
from collections.abc import Iterable, Sequence
from itertools import pairwise

Columns = list[list[int]]
Pairs = Sequence[tuple[int, int]]
WORK = 12_000  # visits of items and links that one part of the network may cost


def ordered(columns: Sequence[Sequence[int]], links: Pairs, sides: Pairs = ()) -> Columns:
    """The columns in an order with few crossings; items without any line come last, in the order given."""
    near = Neighbours(columns, links, sides)
    result: Columns = [[] for _ in columns]
    for part in _parts(columns, near):
        for column, items in zip(result, _untangled(part, near), strict=True):
            column.extend(items)
    return result


def crossings(columns: Sequence[Sequence[int]], links: Pairs) -> int:
    """How often lines between neighbouring columns cross."""
    near = Neighbours(columns, links, ())
    return _crossings(columns, near)


class Neighbours:
    """Who is joined with whom: in the column to the left, to the right, in the same column."""

    def __init__(self, columns: Sequence[Sequence[int]], links: Pairs, sides: Pairs):
        items = [item for column in columns for item in column]
        self.left: dict[int, list[int]] = {item: [] for item in items}
        self.right: dict[int, list[int]] = {item: [] for item in items}
        self.beside: dict[int, list[int]] = {item: [] for item in items}
        for left, right in links:
            self.right[left].append(right)
            self.left[right].append(left)
        for one, other in sides:
            self.beside[one].append(other)
            self.beside[other].append(one)

    def all(self, item: int) -> list[int]:
        return self.left[item] + self.right[item] + self.beside[item]


def _parts(columns: Sequence[Sequence[int]], near: Neighbours) -> list[Columns]:
    """The joined parts, the largest first, each in the order of a walk along its lines; single items last."""
    column_of = {item: index for index, column in enumerate(columns) for item in column}
    seen: set[int] = set()
    parts = []
    for start in column_of:
        if start not in seen:
            part: Columns = [[] for _ in columns]
            for item in _walk(start, near, seen):
                part[column_of[item]].append(item)
            parts.append(part)
    return sorted(parts, key=lambda part: -sum(map(len, part)))


def _walk(start: int, near: Neighbours, seen: set[int]) -> Iterable[int]:
    """Depth first from an item over everything joined with it."""
    waiting = [start]
    while waiting:
        item = waiting.pop()
        if item not in seen:
            seen.add(item)
            yield item
            waiting.extend(reversed(near.all(item)))


def _untangled(part: Columns, near: Neighbours) -> Columns:
    """The better of two attempts: from the walk, and from the order given."""
    if sum(map(len, part)) < 3:
        return part
    attempts = [_swept(part, near), _swept([sorted(column) for column in part], near)]
    return min(attempts, key=lambda columns: _cost(columns, near))


def _swept(start: Columns, near: Neighbours) -> Columns:
    size = sum(len(near.all(item)) + 1 for column in start for item in column)
    rounds = max(3, min(20, WORK // size))
    columns = [list(column) for column in start]
    best, least, stale = columns, _cost(columns, near), 0
    for turn in range(rounds):
        if least == (0, 0) or stale == 6:
            break
        columns = [list(column) for column in columns]
        _sweep(columns, near, to_right=turn % 2 == 0)
        _exchange(columns, near)
        cost = _cost(columns, near)
        best, least, stale = (columns, cost, 0) if cost < least else (best, least, stale + 1)
    return best


def _sweep(columns: Columns, near: Neighbours, *, to_right: bool) -> None:
    """Sorts each column by the mean place of the neighbours in the column before it."""
    place: dict[int, float] = {}
    before = near.left if to_right else near.right
    for column in columns if to_right else reversed(columns):
        own = {item: (index + 0.5) / len(column) for index, item in enumerate(column)}

        def mean(item: int, own: dict[int, float] = own) -> float:
            spots = [place[other] for other in before[item]]
            spots += [own[other] for other in near.beside[item]]
            return sum(spots) / len(spots) if spots else own[item]

        column.sort(key=mean)
        place.update((item, (index + 0.5) / len(column)) for index, item in enumerate(column))


def _exchange(columns: Columns, near: Neighbours) -> None:
    """Exchanges neighbours in a column while that saves crossings; two passes."""
    place = {item: index for column in columns for index, item in enumerate(column)}
    for column in columns * 2:
        spots = [(_spots(near.left[item], place), _spots(near.right[item], place)) for item in column]
        for index in range(len(column) - 1):
            upper, lower = spots[index], spots[index + 1]
            now = _inversions(upper[0], lower[0]) + _inversions(upper[1], lower[1])
            if now and now > _inversions(lower[0], upper[0]) + _inversions(lower[1], upper[1]):
                column[index], column[index + 1] = column[index + 1], column[index]
                spots[index], spots[index + 1] = lower, upper
        place.update((item, index) for index, item in enumerate(column))


def _spots(items: list[int], place: dict[int, int]) -> list[int]:
    return sorted(place[item] for item in items)


def _inversions(upper: list[int], lower: list[int]) -> int:
    """Crossings between the lines of an item and those of the item below it; both lists are sorted."""
    return sum(len(upper) - bisect_right(upper, spot) for spot in lower) if upper else 0


def _cost(columns: Columns, near: Neighbours) -> tuple[int, int]:
    """Crossings first, then how far apart joined items of one column stand beyond being neighbours."""
    apart = 0
    for column in columns:
        place = {item: index for index, item in enumerate(column)}
        pairs = ((place[item], place[other]) for item in column for other in near.beside[item])
        apart += sum(lower - upper - 1 for upper, lower in pairs if lower > upper)
    return _crossings(columns, near), apart


def _crossings(columns: Sequence[Sequence[int]], near: Neighbours) -> int:
    total = 0
    for column, following in pairwise(columns):
        place = {item: index for index, item in enumerate(following)}
        passed: list[int] = []
        for item in column:
            spots = [place[other] for other in near.right[item]]
            total += sum(len(passed) - bisect_right(passed, spot) for spot in spots)
            for spot in spots:
                insort(passed, spot)
    return total
