"""SVG path data: plain numbers with a decimal point, whatever the visitor's language."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

Point = tuple[float, float]
ARROW_ROOM = 8  # px: a line ends here before the tip of its arrow head


@lru_cache(4096)  # the same few places of marks, thousands of times
def number(value: float) -> str:
    """A coordinate with at most one decimal: 12.5, 12."""
    return f"{round(value, 1):g}" if abs(value) < 1e5 else str(round(value))


def smooth(points: Sequence[Point]) -> str:
    """A line with horizontal tangents through the points; points at one height make one straight piece."""
    x, y = points[0]
    pieces = [f"M{number(x)} {number(y)}"]
    for (from_x, from_y), (to_x, to_y) in pairwise(points):
        if from_y != to_y:
            middle = number((from_x + to_x) / 2)
            pieces.append(f"C{middle} {number(from_y)} {middle} {number(to_y)} {number(to_x)} {number(to_y)}")
        elif pieces[-1].startswith("H"):
            pieces[-1] = f"H{number(to_x)}"
        else:
            pieces.append(f"H{number(to_x)}")
    return "".join(pieces)


def bow(start: Point, end: Point, reach: float) -> str:
    """A bow to the right of two points; it reaches three quarters of `reach` px beyond them."""
    side = number(max(start[0], end[0]) + reach)
    return (
        f"M{number(start[0])} {number(start[1])}"
        f"C{side} {number(start[1])} {side} {number(end[1])} {number(end[0])} {number(end[1])}"
    )


def dot(center: Point, radius: float) -> str:
    """A circle as a piece of a path: many dots are one element of a page."""
    across = number(2 * radius)
    half = f"a{number(radius)} {number(radius)} 0 1 0 "
    return f"M{number(center[0] - radius)} {number(center[1])}{half}{across} 0{half}-{across} 0z"


def arrow(tip: Point, to_right: bool) -> str:
    """An arrow head 9 px long whose tip is at the point."""
    return f"M{number(tip[0])} {number(tip[1])}l{'-9' if to_right else '9'} -4.5v9z"
