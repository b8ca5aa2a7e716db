"""Gives every item of ordered columns its height, so that lines run as straight as the order allows.

Few slots: one common grid of rows (42 px) for pills and slots. Many slots: a finer grid (14 px), on which
lines may run closer together than pills. Least squares with distances kept (pool adjacent violators: Barlow
et al., "Statistical Inference under Order Restrictions", 1972), then medians on the grid.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .layering import Layering

ROW = 42  # px from pill to pill
FINE = 14  # px: a third of a row
ROUNDS = 6
STRAIGHT = {0: 1, 1: 2, 2: 8}  # how much a link wants to be straight, by the number of slots at its ends


@dataclass(frozen=True)
class Grid:
    """Height of a step in px and the steps that two neighbours in a column keep, by the number of slots."""

    step: int
    gaps: tuple[int, int, int]


COARSE_GRID = Grid(ROW, (1, 1, 1))
FINE_GRID = Grid(FINE, (3, 2, 1))


def heights(order: Sequence[Sequence[int]], layers: Layering) -> dict[int, int]:
    """Height of each item in px; the topmost item is at 0."""
    grid = _grid(order, layers)

    def gap(upper: int, lower: int) -> int:
        return grid.gaps[layers.is_slot(upper) + layers.is_slot(lower)]

    near = _neighbours(layers)
    floor = max((_extent(column, gap) for column in order), default=0)
    spot = {item: float(y) for column in order for item, y in zip(column, _packed(column, gap), strict=True)}
    for turn in range(ROUNDS):
        for column in order if turn % 2 == 0 else reversed(order):
            _relax(column, near, spot, gap, floor)
    steps = {item: round(y) for item, y in spot.items()}
    for turn in range(ROUNDS):
        for column in order if turn % 2 else reversed(order):
            _straighten(column, near, steps, gap, floor)
    for column in order:
        _close_up(column, near, layers, steps, gap)
    top = min(steps.values(), default=0)
    return {item: (y - top) * grid.step for item, y in steps.items()}


def _grid(order: Sequence[Sequence[int]], layers: Layering) -> Grid:
    pills = max(sum(not layers.is_slot(item) for item in column) for column in order)
    return COARSE_GRID if max(map(len, order)) <= max(12, pills * 1.2) else FINE_GRID


def _neighbours(layers: Layering) -> dict[int, list[tuple[int, int]]]:
    """For each linked item the items it is linked with, and how straight that link wants to be."""
    near: dict[int, list[tuple[int, int]]] = {}
    for left, right in layers.links:
        weight = STRAIGHT[layers.is_slot(left) + layers.is_slot(right)]
        near.setdefault(left, []).append((right, weight))
        near.setdefault(right, []).append((left, weight))
    return near


def _packed(column: Sequence[int], gap: Callable[[int, int], int]) -> list[int]:
    """The column as close together as its distances allow, from 0."""
    spots = [0] * len(column)
    for index in range(1, len(column)):
        spots[index] = spots[index - 1] + gap(column[index - 1], column[index])
    return spots


def _extent(column: Sequence[int], gap: Callable[[int, int], int]) -> int:
    return _packed(column, gap)[-1] if column else 0


def _relax(column, near, spot, gap, floor) -> None:
    """Moves the items of a column towards the mean of their neighbours, all distances kept."""
    offsets = _packed(column, gap)
    wishes, weights = [], []
    for item in column:
        links = near.get(item, ())
        total = sum(weight for _, weight in links)
        wishes.append(sum(spot[other] * weight for other, weight in links) / total if total else spot[item])
        weights.append(total or 0.01)
    room = floor - offsets[-1] if column else 0
    shifted = [wish - offset for wish, offset in zip(wishes, offsets, strict=True)]
    for item, shift, offset in zip(column, _rising(shifted, weights), offsets, strict=True):
        spot[item] = min(max(shift, 0), room) + offset


def _rising(values: list[float], weights: list[float]) -> list[float]:
    """The rising sequence nearest to the values: neighbours out of order are pooled to their mean."""
    pools: list[list[float]] = []  # mean, weight, count
    for value, weight in zip(values, weights, strict=True):
        pools.append([value, weight, 1])
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            mean, heavy, count = pools.pop()
            last = pools[-1]
            last[0] = (last[0] * last[1] + mean * heavy) / (last[1] + heavy)
            last[1] += heavy
            last[2] += count
    return [mean for mean, _, count in pools for _ in range(int(count))]


def _straighten(column, near, steps, gap, floor) -> None:
    """Moves each item, if there is room, level with the weighted median of its neighbours."""
    for index, item in enumerate(column):
        if item in near:
            lowest = steps[column[index - 1]] + gap(column[index - 1], item) if index else 0
            last = index == len(column) - 1
            highest = floor if last else steps[column[index + 1]] - gap(item, column[index + 1])
            steps[item] = max(lowest, min(highest, _median(steps, near[item])))


def _median(steps: dict[int, int], links: list[tuple[int, int]]) -> int:
    ranked = sorted((steps[other], weight) for other, weight in links)
    half = sum(weight for _, weight in ranked) / 2
    for height, weight in ranked:
        half -= weight
        if half <= 0:
            return height
    return ranked[-1][0]


def _close_up(column, near, layers, steps, gap) -> None:
    """Items without a link follow directly below the item before them."""
    for index, item in enumerate(column):
        if item not in near and not layers.is_slot(item):
            steps[item] = steps[column[index - 1]] + gap(column[index - 1], item) if index else steps[item]
