"""Where an actor stands, without a map server: a pin in the outline of the Land, or rings with nearby towns.

Equirectangular projection whose east-west scale is right at the middle latitude: for a Land or a radius of
200 km the error is far below a pixel's worth of reading. Unit: px of the viewBox unless km is said.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import cos, hypot, radians

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
PIN_ROOM = 9  # px around the middle of the pin
MOST_TOWNS = 12
TOWN_SIZE = 12  # font size of a name
RING_SIZE = 11
LONGEST_NAME, SHORTEST_NAME = 200, 76  # px; where a name has no room, it ends with an ellipsis
AIR_AROUND_NAME = 5  # px around a name
DOT_GAP, PIN_GAP = 8, 12  # px between a point and its name
SAME_TOWN_KM = 3
# What people leave out when they name a town: "am Rhein", "(Saale)".
_LEFT_OUT = re.compile(r"(?: (?:am|an|auf|bei|im|in|ob|vor)\b| [ab]\. ?| ?\(|/).*$")

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
    home: Town | None = None  # the name at the pin; its dot is the pin itself
    is_exact: bool = True  # else an area around the point is drawn, no pin


def place_picture(
    latitude: float,
    longitude: float,
    neighbours: Sequence[Neighbour] = (),
    outline: Mapping | None = None,
    *,
    name: str = "",
    is_exact: bool = True,
) -> PlacePicture:
    """The picture of a place in degrees: with an outline (GeoJSON geometry) if there is one, else with rings.

    A neighbour is (name, latitude, longitude). `name` is that of the town at the point; without it, a neighbour
    that lies there names it.
    """
    borders = rings(outline)
    if borders:
        picture = _outlined(latitude, longitude, borders, name)
    else:
        picture = _ringed(latitude, longitude, neighbours, name)
    return replace(picture, is_exact=is_exact)


def outer_ring_km(distances: Sequence[float]) -> int:
    """The smallest ring in km that holds the nearest neighbours, five of them if there are so many.

    Neighbours beyond the largest ring are not counted; without any the ring is 10 km.
    """
    near = [km for km in sorted(distances) if km <= RING_CHOICES_KM[-1]][:NEAREST]
    return next(km for km in RING_CHOICES_KM if km >= near[-1]) if near else 10


def _outlined(latitude: float, longitude: float, borders: list[list[Point]], name: str) -> PlacePicture:
    points = [point for ring in borders for point in ring] + [(longitude, latitude)]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    narrowing = cos(radians((south + north) / 2))
    across, down = (east - west) * narrowing, north - south
    room_x, room_y = OUTLINE_BOX[0] - 2 * PADDING, OUTLINE_BOX[1] - 2 * PADDING
    scale = min(room_x / max(across, 1e-9), room_y / max(down, 1e-9))

    def project(point: Point) -> Point:
        return (point[0] - west) * narrowing * scale + PADDING, (north - point[1]) * scale + PADDING

    pin_x, pin_y = (round(one, 1) for one in project((longitude, latitude)))
    sheet = _Sheet(round(across * scale) + 2 * PADDING, round(down * scale) + 2 * PADDING)
    return PlacePicture(
        width=sheet.width,
        height=sheet.height,
        pin_x=pin_x,
        pin_y=pin_y,
        home=sheet.name(name, pin_x, pin_y, 0, gap=PIN_GAP) if name else None,
        outline=outline_path([[project(point) for point in ring] for ring in borders]),
    )


def _ringed(latitude: float, longitude: float, neighbours: Sequence[Neighbour], name: str) -> PlacePicture:
    width, height = RINGS_BOX
    middle = (width / 2, height / 2)
    ranked = sorted(
        ((distance_km(latitude, longitude, lat, lng), town, lat, lng) for town, lat, lng in neighbours),
        key=lambda town: town[0],
    )
    outer = outer_ring_km([town[0] for town in ranked])
    drawn_rings = _rings(outer, middle)
    scale = RING_RADIUS / outer * KM_PER_DEGREE  # px per degree of latitude

    def project(lat: float, lng: float) -> Point:
        x = middle[0] + (lng - longitude) * cos(radians(latitude)) * scale
        return round(x, 1), round(middle[1] - (lat - latitude) * scale, 1)

    points = [(town, *project(lat, lng), km) for km, town, lat, lng in ranked if km <= outer]
    if not name and points and _is_hidden(points[0], middle):
        name = points[0][0]
    sheet = _Sheet(width, height, drawn_rings, middle)
    home = sheet.name(name, *middle, 0, gap=PIN_GAP) if name else None
    sheet.take((middle[0] - PIN_ROOM, middle[1] - PIN_ROOM, middle[0] + PIN_ROOM, middle[1] + PIN_ROOM))
    towns = [one for town, x, y, km in points if (one := sheet.town(town, x, y, round(km)))]
    return PlacePicture(
        width, height, *middle, rings=tuple(drawn_rings), towns=tuple(towns[:MOST_TOWNS]), home=home
    )


def _is_hidden(town: tuple[str, float, float, float], middle: Point) -> bool:
    """Whether a town (name, x, y, km) is the one at the pin, which hides its dot."""
    _name, x, y, km = town
    return km < SAME_TOWN_KM and max(abs(x - middle[0]), abs(y - middle[1])) < PIN_ROOM


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


class _Sheet:
    """The drawing's paper: what stands on it already, and where another name has room."""

    def __init__(self, width: float, height: float, drawn_rings: Sequence[Ring] = (), middle: Point = (0, 0)):
        self.width, self.height = width, height
        self.radii, self.middle = [ring.radius for ring in drawn_rings], middle
        self.taken: list[Box] = []
        for ring in drawn_rings:
            self.take((ring.label_x, ring.label_y, ring.label_x + ring.label_width, ring.label_y + 14))

    def take(self, box: Box) -> None:
        self.taken.append(box)

    def town(self, name: str, x: float, y: float, km: int) -> Town | None:
        """A town's dot and name. None where there is no room."""
        dot = (x - 4, y - 4, x + 4, y + 4)
        found = self.name(name, x, y, km) if self.is_free(dot) else None
        if found:
            self.take(dot)
        return found

    def name(self, name: str, x: float, y: float, km: int, *, gap: int = DOT_GAP) -> Town | None:
        """The name `gap` px beside its point: whole if it has room, else as people shorten it, else cut.

        A side where no ring runs through the letters is better than one nearer to the reader's eye.
        """
        short = _LEFT_OUT.sub("", name) or name
        for text, room in ((name, LONGEST_NAME), (short, LONGEST_NAME), (short, SHORTEST_NAME)):
            text = fitted(text, room, TOWN_SIZE * REGULAR)
            width = text_width(
                text, TOWN_SIZE * (REGULAR if gap == DOT_GAP else 1)
            )  # the town itself is bold
            sides = _sides(x, y, width, gap, is_right=x >= self.width / 2)
            free = [side for side in sides if self.is_free(side[3])]
            if free:
                anchor, text_x, text_y, box = min(free, key=lambda side: self._is_crossed(side[3]))
                self.take(box)
                return Town(name, text, x, y, round(text_x, 1), round(text_y, 1), anchor, km)
        return None

    def is_free(self, box: Box) -> bool:
        """Whether a box lies inside the picture and touches no other box."""
        left, top, right, bottom = box
        if left < 0 or top < 0 or right > self.width or bottom > self.height:
            return False
        return all(right <= x1 or x2 <= left or bottom <= y1 or y2 <= top for x1, y1, x2, y2 in self.taken)

    def _is_crossed(self, box: Box) -> bool:
        """Whether a ring runs through the box."""
        left, top, right, bottom = box
        x, y = self.middle
        nearest = hypot(max(left - x, 0, x - right), max(top - y, 0, y - bottom))
        farthest = hypot(max(x - left, right - x), max(y - top, bottom - y))
        return any(nearest < radius < farthest for radius in self.radii)


def _sides(
    x: float, y: float, width: float, gap: int, *, is_right: bool
) -> list[tuple[str, float, float, Box]]:
    """Where a name may stand: away from the pin first, then towards it, above, below."""
    right = ("start", x + gap, y + 4, (x + gap - 3, y - 8, x + gap + width + AIR_AROUND_NAME, y + 8))
    left = ("end", x - gap, y + 4, (x - gap - width - AIR_AROUND_NAME, y - 8, x - gap + 3, y + 8))
    half = width / 2 + AIR_AROUND_NAME
    above = ("middle", x, y - gap - 1, (x - half, y - gap - 13, x + half, y - gap + 3))
    below = ("middle", x, y + gap + 10, (x - half, y + gap - 3, x + half, y + gap + 13))
    return [right, left, above, below] if is_right else [left, right, above, below]
