"""The outline of a country or region from GeoJSON, made simple enough for a small picture.

Simplified after Douglas and Peucker, "Algorithms for the reduction of the number of points required to
represent a digitized line or its caricature", Cartographica 10(2), 1973.
"""

from collections.abc import Mapping, Sequence
from math import hypot

from .paths import Point, number

TOLERANCE = 0.8  # px that the simple outline may be off
SMALLEST = 2.0  # px: islands and holes smaller than this are left out


def rings(geometry: Mapping | None) -> list[list[Point]]:
    """All rings of a Polygon or MultiPolygon as (longitude, latitude); nothing for other geometries."""
    kind = (geometry or {}).get("type", "")
    coordinates = (geometry or {}).get("coordinates") or []
    polygons = {"Polygon": [coordinates], "MultiPolygon": coordinates}.get(kind, [])
    return [
        [(point[0], point[1]) for point in ring] for polygon in polygons for ring in polygon if len(ring) > 3
    ]


def outline_path(projected: Sequence[Sequence[Point]]) -> str:
    """Path data of projected rings, in whole px; the largest ring always stays."""
    ranked = sorted(projected, key=_extent, reverse=True)
    kept = [ring for index, ring in enumerate(ranked) if index == 0 or _extent(ring) >= SMALLEST]
    return "".join(_closed(simplified(ring)) for ring in kept)


def simplified(ring: Sequence[Point], tolerance: float = TOLERANCE) -> list[Point]:
    """The points of a closed ring without which it would be off by more than the tolerance."""
    far = max(range(len(ring)), key=lambda index: _distance(ring[index], ring[0], ring[0]))
    keep = {0, far, len(ring) - 1}
    spans = [(0, far), (far, len(ring) - 1)]
    while spans:
        first, last = spans.pop()
        if last - first > 1:
            off = [_distance(ring[index], ring[first], ring[last]) for index in range(first + 1, last)]
            worst = max(off)
            if worst > tolerance:
                middle = first + 1 + off.index(worst)
                keep.add(middle)
                spans += [(first, middle), (middle, last)]
    return [ring[index] for index in sorted(keep)]


def _distance(point: Point, start: Point, end: Point) -> float:
    """Distance of a point from the line through two points."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = hypot(dx, dy)
    if not length:
        return hypot(point[0] - start[0], point[1] - start[1])
    return abs(dx * (point[1] - start[1]) - dy * (point[0] - start[0])) / length


def _extent(ring: Sequence[Point]) -> float:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return max(max(xs) - min(xs), max(ys) - min(ys))


def _closed(ring: Sequence[Point]) -> str:
    spots = list(dict.fromkeys((number(x), number(y)) for x, y in ring))
    return "M" + "L".join(f"{x} {y}" for x, y in spots) + "z"
