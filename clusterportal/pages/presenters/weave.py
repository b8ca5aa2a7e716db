"""Areas as threads across the five layers, and groups of actors as strips of five counts."""

from bisect import bisect_left
from dataclasses import dataclass

from actors.facets.matrix import Matrix

SIZES = 6  # of a knot, k1 to k6
_LEAST_SIZE = {3: 3, 4: 5}  # a count of so many digits needs a knot of at least this size


@dataclass(frozen=True)
class Cell:
    """What a group has on one layer; `size` is 0 where there is a gap."""

    layer: object
    count: int
    size: int = 0


@dataclass(frozen=True)
class Thread:
    group: object
    cells: list[Cell]
    total: int


def weave(matrix: Matrix) -> list[Thread]:
    """A thread for every area; the sizes of the knots follow the quantiles of all counts."""
    ranked = sorted(set(matrix.counts.values()))
    return [
        Thread(
            area,
            [_cell(layer, matrix.count(layer, area), ranked) for layer in matrix.layers],
            matrix.area_totals.get(area.slug, 0),
        )
        for area in matrix.areas
    ]


def _cell(layer, count: int, ranked: list[int]) -> Cell:
    return Cell(layer, count, knot_size(count, ranked))


def knot_size(count: int, ranked: list[int]) -> int:
    """1 to 6 by the rank of `count` among all different counts; 0 for none."""
    if not count:
        return 0
    rank = bisect_left(ranked, count)
    size = 1 + (rank * SIZES // len(ranked) if len(ranked) > SIZES else rank)
    return max(size, _LEAST_SIZE.get(len(str(count)), SIZES if count > 9999 else 1))


def strip(layers, counts: dict[str, int]) -> list[Cell]:
    """Five cells from counts by the slug of the layer."""
    return [Cell(layer, counts.get(layer.slug, 0)) for layer in layers]
