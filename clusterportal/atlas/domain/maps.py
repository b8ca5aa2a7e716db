"""The map of an atlas: towns with their actors, over the outlines of the regions where these are known.

Equirectangular projection whose east-west scale is right at the middle latitude. Unit: mm on paper.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians, sqrt
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import ngettext, pgettext

WIDTH, HEIGHT = 168.0, 112.0
PADDING = 15.0
SMALLEST, LARGEST = 1.1, 6.5  # radius of a town's circle
LEAST_SPAN = 0.08  # degrees; a single town is not drawn as if it filled the map
MOST_LINES = 6  # of the graticule, each way
_SPACINGS = (0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 45)  # degrees between two lines
_NAME_HEIGHT, _LETTER = 3.6, 1.65
Point = tuple[float, float]  # longitude, latitude


@dataclass(frozen=True)
class Town:
    """Actors at one place; `layers` are counts on the five layers. Without coordinates it is in the table only."""

    name: str
    count: int
    layers: list[int]
    longitude: float | None = None
    latitude: float | None = None


def map_of(towns: Sequence[Town], outlines: Iterable[list[Point]]) -> dict[str, Any] | None:
    """What `atlas.typ` draws; None where no town has coordinates. Towns come largest first."""
    placed = [town for town in towns if town.longitude is not None and town.latitude is not None]
    if not placed:
        return None
    rings = [*outlines]
    sheet = _Sheet(
        [(town.longitude, town.latitude) for town in placed] + [one for ring in rings for one in ring]
    )
    most = max(town.count for town in placed)
    drawn = [_spot(town, sheet, most) for town in placed]
    _name(drawn, sheet)
    return {
        "width": sheet.width,
        "height": sheet.height,
        "outlines": [sheet.ring(ring) for ring in rings],
        "lines": sheet.graticule(),
        "towns": drawn,
        "alt": _alt(placed),
    }


def rings_of(geometry: dict | None) -> list[list[Point]]:
    """All rings of a Polygon or MultiPolygon of GeoJSON; nothing for other geometries."""
    kind, coordinates = (geometry or {}).get("type"), (geometry or {}).get("coordinates") or []
    polygons = {"Polygon": [coordinates], "MultiPolygon": coordinates}.get(kind or "", [])
    return [[(x, y) for x, y, *_rest in ring] for polygon in polygons for ring in polygon if len(ring) > 3]


class _Sheet:
    """The paper of the map: where a point of the earth lies on it."""

    def __init__(self, points: list):
        wests, norths = [x for x, _y in points], [y for _x, y in points]
        self.west, self.east = _spread(min(wests), max(wests))
        self.south, self.north = _spread(min(norths), max(norths))
        self.narrowing = max(cos(radians((self.south + self.north) / 2)), 0.05)
        across, down = (self.east - self.west) * self.narrowing, self.north - self.south
        self.scale = min((WIDTH - 2 * PADDING) / across, (HEIGHT - 2 * PADDING) / down)
        self.left = (WIDTH - across * self.scale) / 2
        self.width, self.height = WIDTH, round(down * self.scale + 2 * PADDING, 1)

    def at(self, longitude: float, latitude: float) -> Point:
        x = self.left + (longitude - self.west) * self.narrowing * self.scale
        return round(x, 1), round(PADDING + (self.north - latitude) * self.scale, 1)

    def ring(self, ring: list[Point]) -> list[Point]:
        """A ring to a tenth of a millimetre, without what then falls on one point."""
        spots = [self.at(*point) for point in ring]
        return [spots[0], *(spot for before, spot in pairwise(spots) if spot != before)]

    def graticule(self) -> list[dict]:
        """Meridians and parallels with their degrees."""
        span = max(self.east - self.west, self.north - self.south)
        spacing = next((one for one in _SPACINGS if span / one <= MOST_LINES), _SPACINGS[-1])
        lines = []
        for degree in _multiples(self.south, self.north, spacing):
            y = self.at(self.west, degree)[1]
            lines.append({"x1": 0, "x2": self.width, "y1": y, "y2": y, "said": _degrees(degree, "NS")})
        for degree in _multiples(self.west, self.east, spacing):
            x = self.at(degree, self.north)[0]
            lines.append({"x1": x, "x2": x, "y1": 0, "y2": self.height, "said": _degrees(degree, "EW")})
        return lines


def _spread(low: float, high: float) -> tuple[float, float]:
    room = max(LEAST_SPAN - (high - low), 0) / 2
    return low - room, high + room


def _multiples(low: float, high: float, spacing: float) -> list[float]:
    first, last = int(low // spacing) + 1, int(high // spacing)
    return [round(number * spacing, 2) for number in range(first, last + 1)]


def _degrees(degree: float, signs: str) -> str:
    north, south = pgettext("point of the compass", "N"), pgettext("point of the compass", "S")
    east, west = pgettext("point of the compass", "E"), pgettext("point of the compass", "W")
    positive, negative = (north, south) if signs == "NS" else (east, west)
    return f"{number_format(abs(degree))}° {positive if degree >= 0 else negative}"


def _spot(town: Town, sheet: _Sheet, most: int) -> dict:
    x, y = sheet.at(town.longitude or 0.0, town.latitude or 0.0)
    radius = SMALLEST + (LARGEST - SMALLEST) * sqrt(town.count / most)
    return {
        "name": town.name,
        "x": x,
        "y": y,
        "r": round(radius, 2),
        "shown": number_format(town.count),
        "named": False,
        "name_x": 0.0,
    }


def _name(towns: list[dict], sheet: _Sheet) -> None:
    """Names right or left of the largest towns, as far as none covers another name or a circle."""
    taken = [
        (one["x"] - one["r"], one["y"] - one["r"], one["x"] + one["r"], one["y"] + one["r"]) for one in towns
    ]
    for one in towns:
        wide, top = len(one["name"]) * _LETTER + 1, one["y"] - _NAME_HEIGHT / 2
        for left in (one["x"] + one["r"] + 0.8, one["x"] - one["r"] - 0.8 - wide):
            box = (left, top, left + wide, top + _NAME_HEIGHT)
            is_inside = left >= 0 and box[2] <= sheet.width
            if is_inside and not any(_touch(box, other) for other in taken):
                one |= {"named": True, "name_x": round(left, 1)}
                taken.append(box)
                break


def _touch(one: tuple, other: tuple) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _alt(towns: list[Town]) -> str:
    first = ", ".join(f"{town.name} ({number_format(town.count)})" for town in towns[:8])
    text = ngettext(
        "Map with %(number)d town: %(first)s. The table below says the same.",
        "Map with %(number)d towns, the largest: %(first)s. The table below says the same.",
        len(towns),
    )
    return text % {"number": len(towns), "first": first}
