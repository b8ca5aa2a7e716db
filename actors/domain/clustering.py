"""Many actors on a map: neighbours become one cluster with a number, so that any view has few marks.

The database counts over a grid of the view's zoom; the grid stands still while the map moves, so a cluster does
not change when it is looked at from the side. Unit: degrees unless pixels are said.
"""

from collections import defaultdict
from dataclasses import dataclass
from math import ceil, cos, floor, radians

from django.db.models import Avg, Count, F, Max, Min, Q
from django.db.models.functions import Floor

from actors.enums import LOCATED_EXACTLY

CELL_PX = 64  # width of a cell on the screen
APART = 0.75  # of a cell: a mark with a number of four digits is 46 px wide
TILE_PX = 256  # the whole world at zoom 0
MOST_ZOOM = 22
MOST_CELLS = 480  # of a view: the grid gets coarser before an answer gets longer
LATITUDE_BAND = 10  # the shape of cells changes only from band to band
_ROWS_APART = 1 << 22  # more columns than the finest grid has within the world


@dataclass(frozen=True)
class Box:
    """A section of the map; over the date line west is greater than east."""

    west: float = -180
    south: float = -85
    east: float = 180
    north: float = 85

    @property
    def width(self) -> float:
        return self.east - self.west if self.west <= self.east else self.east - self.west + 360

    @property
    def height(self) -> float:
        return max(self.north - self.south, 0)


@dataclass(frozen=True)
class Spot:
    """`count` actors around a point and within bounds; a single one is named by its key."""

    count: int
    latitude: float
    longitude: float
    bounds: Box
    first: int  # the lowest key of its actors
    exact: int = 0  # how many of them stand at their building or street


def spots(actors, *, box: Box, zoom: int = MOST_ZOOM) -> list[Spot]:
    """The located actors of a queryset as at most MOST_CELLS spots, the largest first; one query."""
    width, height = _cell(box, zoom)
    cell = Floor((F("latitude") + 90) / height) * _ROWS_APART + Floor((F("longitude") + 180) / width)
    rows = (
        actors.located()
        .order_by()
        .values(cell=cell)
        .annotate(
            number=Count("pk"),
            first=Min("pk"),
            exact=Count("pk", filter=Q(location_accuracy__in=LOCATED_EXACTLY)),
            y=Avg("latitude"),
            x=Avg("longitude"),
            west=Min("longitude"),
            south=Min("latitude"),
            east=Max("longitude"),
            north=Max("latitude"),
        )
    )
    found = [
        Spot(
            row["number"],
            row["y"],
            row["x"],
            Box(row["west"], row["south"], row["east"], row["north"]),
            row["first"],
            row["exact"],
        )
        for row in rows
    ]
    return _apart(sorted(found, key=lambda one: (-one.count, one.first)), width * APART, height * APART)


def _cell(box: Box, zoom: int) -> tuple[float, float]:
    """Width and height of a cell: square on the screen in the middle of the view, and never too many of them."""
    middle = round((box.south + box.north) / 2 / LATITUDE_BAND) * LATITUDE_BAND
    width = 360 * CELL_PX / TILE_PX / 2**zoom
    height = width * max(cos(radians(middle)), 0.1)
    while (ceil(box.width / width) + 1) * (ceil(box.height / height) + 1) > MOST_CELLS:
        width, height = width * 2, height * 2
    return width, height


def _apart(found: list[Spot], width: float, height: float) -> list[Spot]:
    """Spots that would cover each other, because both lie at the edge they share, become one."""
    kept: dict[tuple[int, int], list[Spot]] = defaultdict(list)
    for spot in found:
        row, column = floor(spot.latitude / height), floor(spot.longitude / width)
        around = [kept[row + i, column + j] for i in (-1, 0, 1) for j in (-1, 0, 1)]
        for place in around:
            other = next((one for one in place if _touch(one, spot, width, height)), None)
            if other:
                # The larger one keeps its place, so nothing that was told apart comes to touch.
                place[place.index(other)] = _joined(other, spot)
                break
        else:
            kept[row, column].append(spot)
    return sorted(
        (spot for place in kept.values() for spot in place), key=lambda one: (-one.count, one.first)
    )


def _touch(one: Spot, other: Spot, width: float, height: float) -> bool:
    return abs(one.latitude - other.latitude) < height and abs(one.longitude - other.longitude) < width


def _joined(larger: Spot, smaller: Spot) -> Spot:
    one, other = larger.bounds, smaller.bounds
    bounds = Box(
        min(one.west, other.west),
        min(one.south, other.south),
        max(one.east, other.east),
        max(one.north, other.north),
    )
    first = min(larger.first, smaller.first)
    exact = larger.exact + smaller.exact
    return Spot(larger.count + smaller.count, larger.latitude, larger.longitude, bounds, first, exact)
