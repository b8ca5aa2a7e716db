"""Where an actor stands, without a map server: a pin in the outline of the Land, or rings with nearby towns.

Equirectangular projection whose east-west scale is right at the middle latitude: for a Land or a radius of
200 km the error is far below a pixel's worth of reading. Unit: px of the viewBox unless km is said.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians

from clusterportal.places.distances import KM_PER_DEGREE, distance_km

from .lettering import REGULAR, fitted, text_width
from .outline import outline_path, rings
from .paths import Point

OUTLINE_BOX = (280, 357)
PADDING = 5
RINGS_BOX = (280, 208)
RING_RADIUS = 92  # of the outermost ring
RING_CHOICES_KM = (5, 10, 25, 50, 100, 200)
NEAREST = 5  # neighbours that must fit into the outermost ring
SMALLEST_RING = 26  # px; a smaller ring would touch the pin
MOST_TOWNS = 12
TOWN_SIZE = 12  # font size of a name
RING_SIZE = 11
NAME_WIDTHS = (108, 76)  # longer names end with an ellipsis: first try, second try
AIR = 5  # px around a name

Neighbour = tuple[str, float, float]
Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True)
class Ring:
    """A circle of equal distance around the pin; its label stands on it."""

    km: int
    radius: float
    text_x: float
    text_y: float
    label_x: float
    label_y: float
    label_width: float


@dataclass(frozen=True)
class Town:
    """A neighbouring town: a dot, and its name with the anchor of SVG text (start, middle, end).

    `text` is what fits of the name; `km` is the distance from the pin.
    """

    name: str
    text: str
    x: float
    y: float
    text_x: float
    text_y: float
    anchor: str
    km: int


@dataclass(frozen=True)
class PlacePicture:
    """Either `outline` (path data) or `rings` and `towns`; always the pin."""

    width: float
    height: float
    pin_x: float
    pin_y: float
    outline: str = ""
    rings: tuple[Ring, ...] = ()
    towns: tuple[Town, ...] = ()


def place_picture(
    latitude: float, longitude: float, neighbours: Sequence[Neighbour] = (), outline: Mapping | None = None
) -> PlacePicture:
    """The picture of a place in degrees: with an outline (GeoJSON geometry) if there is one, else with rings.

    A neighbour is (name, latitude, longitude).
    """
    borders = rings(outline)
    if borders:
        return _outlined(latitude, longitude, borders)
    return _ringed(latitude, longitude, neighbours)


def outer_ring_km(distances: Sequence[float]) -> int:
    """The smallest ring in km that holds the nearest neighbours, five of them if there are so many.

    Neighbours beyond the largest ring are not counted; without any the ring is 10 km.
    """
    near = [km for km in sorted(distances) if km <= RING_CHOICES_KM[-1]][:NEAREST]
    return next(km for km in RING_CHOICES_KM if km >= near[-1]) if near else 10


def _outlined(latitude: float, longitude: float, borders: list[list[Point]]) -> PlacePicture:
    points = [point for ring in borders for point in ring] + [(longitude, latitude)]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    narrowing = cos(radians((south + north) / 2))
    across, down = (east - west) * narrowing, north - south
    room_x, room_y = OUTLINE_BOX[0] - 2 * PADDING, OUTLINE_BOX[1] - 2 * PADDING
    scale = min(room_x / max(across, 1e-9), room_y / max(down, 1e-9))

    def project(point: Point) -> Point:
        return (point[0] - west) * narrowing * scale + PADDING, (north - point[1]) * scale + PADDING

    pin_x, pin_y = project((longitude, latitude))
    return PlacePicture(
        width=round(across * scale) + 2 * PADDING,
        height=round(down * scale) + 2 * PADDING,
        pin_x=round(pin_x, 1),
        pin_y=round(pin_y, 1),
        outline=outline_path([[project(point) for point in ring] for ring in borders]),
    )


def _ringed(latitude: float, longitude: float, neighbours: Sequence[Neighbour]) -> PlacePicture:
    width, height = RINGS_BOX
    middle = (width / 2, height / 2)
    ranked = sorted(
        ((distance_km(latitude, longitude, lat, lng), name, lat, lng) for name, lat, lng in neighbours),
        key=lambda town: town[0],
    )
    outer = outer_ring_km([town[0] for town in ranked])
    drawn_rings = _rings(outer, middle)
    scale = RING_RADIUS / outer * KM_PER_DEGREE  # px per degree of latitude
    taken = [(middle[0] - 9, middle[1] - 9, middle[0] + 9, middle[1] + 9)]
    taken += [_label_box(ring) for ring in drawn_rings]
    towns: list[Town] = []
    for km, name, lat, lng in ranked:
        x = middle[0] + (lng - longitude) * cos(radians(latitude)) * scale
        y = middle[1] - (lat - latitude) * scale
        town = _town(name, round(x, 1), round(y, 1), round(km), taken)
        if town and len(towns) < MOST_TOWNS:
            towns.append(town)
    return PlacePicture(width, height, *middle, rings=tuple(drawn_rings), towns=tuple(towns))


def _rings(outer: int, middle: Point) -> list[Ring]:
    """The outermost ring and the smaller choices that leave room for the pin, largest first."""
    found = []
    for km in reversed(RING_CHOICES_KM):
        radius = RING_RADIUS * km / outer
        if km <= outer and radius >= SMALLEST_RING:
            width = text_width(f"{km} km", RING_SIZE * REGULAR) + 6
            top = middle[1] - radius
            ring = Ring(
                km=km,
                radius=round(radius, 1),
                text_x=middle[0],
                text_y=round(top + 4, 1),
                label_x=round(middle[0] - width / 2, 1),
                label_y=round(top - 7, 1),
                label_width=round(width, 1),
            )
            found.append(ring)
    return found


def _label_box(ring: Ring) -> Box:
    return ring.label_x, ring.label_y, ring.label_x + ring.label_width, ring.label_y + 14


def _town(name: str, x: float, y: float, km: int, taken: list[Box]) -> Town | None:
    """The town with its name at the first free side; the place is then taken. None where there is no room."""
    dot = (x - 4, y - 4, x + 4, y + 4)
    if not _is_free(dot, taken):
        return None
    for room in NAME_WIDTHS:
        text = fitted(name, room, TOWN_SIZE * REGULAR)
        for anchor, text_x, text_y, box in _sides(x, y, text_width(text, TOWN_SIZE * REGULAR)):
            if _is_free(box, taken):
                taken += [dot, box]
                return Town(name, text, x, y, round(text_x, 1), round(text_y, 1), anchor, km)
    return None


def _sides(x: float, y: float, width: float) -> list[tuple[str, float, float, Box]]:
    """Where a name may stand: away from the pin first, then towards it, above, below."""
    right = ("start", x + 8, y + 4, (x + 5, y - 8, x + 8 + width + AIR, y + 8))
    left = ("end", x - 8, y + 4, (x - 8 - width - AIR, y - 8, x - 5, y + 8))
    half = width / 2 + AIR
    above = ("middle", x, y - 9, (x - half, y - 21, x + half, y - 5))
    below = ("middle", x, y + 18, (x - half, y + 5, x + half, y + 21))
    return [right, left, above, below] if x >= RINGS_BOX[0] / 2 else [left, right, above, below]


def _is_free(box: Box, taken: list[Box]) -> bool:
    """Whether a box lies inside the picture and touches no other box."""
    left, top, right, bottom = box
    if left < 0 or top < 0 or right > RINGS_BOX[0] or bottom > RINGS_BOX[1]:
        return False
    return all(right <= x1 or x2 <= left or bottom <= y1 or y2 <= top for x1, y1, x2, y2 in taken)
