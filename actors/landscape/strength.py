"""How strong a count of the matrix looks: in steps of heat, and in sizes of the circle that shows it."""

from bisect import bisect_left

FIXED_STEPS = (2, 4, 7)  # where the second, third and fourth step of heat begin in a small registry
FIXED_UP_TO = 24  # actors: with a larger cell, fixed steps would paint nearly all cells alike
KNOT_SIZES = 6  # the circles of a thread have the CSS classes k1 to k6
_LEAST_KNOT_SIZE = {3: 3, 4: 5}  # by the number of digits that are written in the circle


def heat(counts: list[int]) -> tuple[int, int, int]:
    """Where the upper three of four steps begin: fixed for a small registry, quartiles for a large."""
    filled = sorted(count for count in counts if count)
    if not filled or filled[-1] <= FIXED_UP_TO:
        return FIXED_STEPS
    second = max(filled[len(filled) // 4], 2)
    third = max(filled[len(filled) // 2], second + 1)
    return second, third, max(filled[len(filled) * 3 // 4], third + 1)


def heat_step(count: int, begins: tuple[int, int, int]) -> int:
    """The step of heat of a cell, 1 to 4; 0 for a gap."""
    return 1 + sum(count >= begin for begin in begins) if count else 0


def knot_size(count: int, ranked: list[int]) -> int:
    """1 to 6 by the rank of `count` among all different counts; 0 for none."""
    if not count:
        return 0
    rank = bisect_left(ranked, count)
    size = 1 + (rank * KNOT_SIZES // len(ranked) if len(ranked) > KNOT_SIZES else rank)
    return max(size, _LEAST_KNOT_SIZE.get(len(str(count)), KNOT_SIZES if count > 9999 else 1))
