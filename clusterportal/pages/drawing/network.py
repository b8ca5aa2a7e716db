"""The network of a region: in layers for wide screens, as a list with arcs for narrow ones.

After Sugiyama: layers, slots for long lines, few crossings, straight lines. Unit: px of the viewBox.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from .arcs import arcs
from .crossing import crossings, ordered
from .heights import ROW, heights
from .layering import Layering, Strand, layering
from .lettering import wrapped
from .paths import ARROW_ROOM, arrow, bow, smooth
from .shapes import (
    PILL_HEIGHT,
    Caption,
    Column,
    DrawnRelation,
    Edge,
    Figure,
    Node,
    Pill,
    drawable,
    lane_shift,
    lanes,
    pill,
)

__all__ = ["Column", "Edge", "LayeredPicture", "NetworkPicture", "Node", "network_picture"]

WIDTH = 1216
STEP_UP = 14  # each head stands a tread higher than the one to its left
INSET = 16  # from the edge of a column to its pills
GAP = 56  # between the pills of two columns: room for lines and arrow heads
MARGIN_PILL = 166
FIRST_ROW = 162
FOOT = 35
CORNER_HEIGHT = 110


@dataclass(frozen=True)
class Head:
    """The head of a column: a tread, the number and name of the layer; its band reaches to the foot."""

    position: int
    name: str
    x: float
    y: float
    width: float
    band_height: float
    text_x: float
    number_y: float
    lines: tuple[Caption, ...]


@dataclass(frozen=True)
class Corner:
    """A free place at the foot of the last two columns, for a finding: where its first line begins."""

    x: float
    y: float
    width: float


@dataclass(frozen=True)
class LayeredPicture:
    """The wide picture. Pills come column by column from the top: the order of reading and of focus."""

    width: float
    height: float
    heads: tuple[Head, ...]
    outside: tuple[Caption, ...]
    lines: tuple[DrawnRelation, ...]
    pills: tuple[Pill, ...]
    crossings: int
    corner: Corner | None = None

    @property
    def has_links(self) -> bool:
        return any(pill.url for pill in self.pills)


@dataclass(frozen=True)
class NetworkPicture:
    """Both drawings of a network, with the actors in the same order."""

    wide: LayeredPicture
    narrow: Figure


@dataclass(frozen=True)
class Lane:
    """Where the pills of a column stand, and the band of the column behind them."""

    x: float
    width: float
    band_x: float = 0
    band_width: float = 0


def network_picture(
    nodes: Sequence[Node], edges: Sequence[Edge], columns: Sequence[Column], *, outside: str = ""
) -> NetworkPicture:
    """The network in the order of the layers; `outside` is the caption of actors outside the region."""
    layers = layering(nodes, drawable(nodes, edges), columns)
    order = ordered(layers.columns, layers.links, layers.sides)
    return NetworkPicture(
        wide=_layered(nodes, layers, order, columns, outside),
        narrow=arcs(nodes, layers, order, columns, outside),
    )


def _layered(
    nodes: Sequence[Node],
    layers: Layering,
    order: Sequence[Sequence[int]],
    columns: Sequence[Column],
    outside: str,
) -> LayeredPicture:
    """Actors in the column of their first layer, the margin for those outside.

    Without an actor in the margin the columns share the whole width.
    """
    spot = heights(order, layers)
    lanes_of_columns = _lanes(len(columns), has_margin=bool(layers.columns[0]))
    top = _first_row(columns, lanes_of_columns)
    height = top + max(spot.values(), default=0) + FOOT
    middle = {item: top + y for item, y in spot.items()}
    place = {item: lane for column, lane in zip(order, lanes_of_columns, strict=True) for item in column}
    outer = set(layers.columns[0])
    pills = {
        item: pill(
            nodes[item],
            x=place[item].x,
            y=middle[item] - PILL_HEIGHT // 2,
            width=place[item].width,
            is_external=item in outer,
        )
        for column in order
        for item in column
        if not layers.is_slot(item)
    }
    return LayeredPicture(
        width=WIDTH,
        height=height,
        heads=tuple(_heads(columns, lanes_of_columns[1:], height)),
        outside=_margin_caption(outside, len(columns)) if outer else (),
        lines=tuple(_lines(layers, middle, place)),
        pills=tuple(pills.values()),
        crossings=crossings(order, layers.links),
        corner=_corner(order, middle, lanes_of_columns, height),
    )


def _lanes(count: int, *, has_margin: bool) -> list[Lane]:
    """The margin, then the columns from left to right."""
    pitch = WIDTH / max(count + has_margin, 1)
    starts = [round(pitch * (index + has_margin)) for index in range(count)]
    width, band = int(pitch) - GAP, int(pitch) - 2
    return [Lane(1, MARGIN_PILL)] + [Lane(start + INSET, width, start, band) for start in starts]


def _tread(rank: int, count: int) -> int:
    """Height of the head of a column; the last one stands highest."""
    return 8 + STEP_UP * (count - rank)


def _name_lines(column: Column, lane: Lane, y: float) -> tuple[Caption, ...]:
    lines = wrapped(column.name, lane.band_width - 2 * INSET)
    return tuple(Caption(lane.x, y + 53 + 15 * index, text) for index, text in enumerate(lines))


def _first_row(columns: Sequence[Column], lanes_of_columns: list[Lane]) -> float:
    """Middle of the first row: below the longest name of a layer."""
    bottom: float = FIRST_ROW
    for rank, column in enumerate(columns, start=1):
        lines = _name_lines(column, lanes_of_columns[rank], _tread(rank, len(columns)))
        bottom = max([bottom, *(line.y + 30 for line in lines)])
    return bottom


def _heads(columns: Sequence[Column], lanes_of_columns: list[Lane], height: float) -> list[Head]:
    heads = []
    for rank, (column, lane) in enumerate(zip(columns, lanes_of_columns, strict=True), start=1):
        y = _tread(rank, len(columns))
        heads.append(
            Head(
                position=column.position,
                name=column.name,
                x=lane.band_x,
                y=y,
                width=lane.band_width,
                band_height=height - y,
                text_x=lane.x,
                number_y=y + 34,
                lines=_name_lines(column, lane, y),
            )
        )
    return heads


def _margin_caption(text: str, count: int) -> tuple[Caption, ...]:
    first = _tread(1, count) + 53
    return tuple(Caption(0, first + 15 * i, line) for i, line in enumerate(wrapped(text, 140)))


def _lines(layers: Layering, middle: dict[int, float], place: dict[int, Lane]) -> list[DrawnRelation]:
    """One line for each strand; those of parents first, so that finer lines lie above them."""
    lane_of = lanes([strand.edge for strand in layers.strands])
    flat = {frozenset(pair) for pair in layers.sides}
    lines = []
    for strand in layers.strands:
        short = len(strand.items) == 2
        shift = lane_shift(lane_of[strand.edge]) if short else 0
        draw = _side_line if frozenset(strand.items) in flat else _cross_line
        lines.append(draw(strand, middle, place, shift, layers))
    return sorted(lines, key=lambda line: line.kind != "parent")


def _cross_line(
    strand: Strand, middle: dict[int, float], place: dict[int, Lane], shift: float, layers: Layering
) -> DrawnRelation:
    """A line from column to column. It is written from its hub, so that dashes of a bundle coincide."""
    points: list[tuple[float, float]] = []
    for item in strand.items:
        y, lane = middle[item] + shift, place[item]
        points += [(lane.x, y), (lane.x + lane.width, y)]
    points = points[1:-1]
    head, to_right = "", _is_source(strand, 0, layers)
    if strand.edge.is_directed:
        end = -1 if to_right else 0
        tip = points[end]
        head = arrow(tip, to_right)
        points[end] = (tip[0] + (-ARROW_ROOM if to_right else ARROW_ROOM), tip[1])
    path = smooth(points[::-1] if strand.hub_is_right else points)
    return DrawnRelation(strand.edge.source, strand.edge.target, strand.edge.kind, path, head)


def _side_line(
    strand: Strand, middle: dict[int, float], place: dict[int, Lane], shift: float, layers: Layering
) -> DrawnRelation:
    """A bow at the right of a column; an arrow head points back to the left."""
    source, target = strand.items
    right = place[source].x + place[source].width
    start, end = (right, middle[source] + shift), (right, middle[target] + shift)
    reach = min(20 + 8 * abs(middle[source] - middle[target]) / ROW, 48) + abs(shift)
    edge = strand.edge
    if not edge.is_directed:
        return DrawnRelation(edge.source, edge.target, edge.kind, bow(start, end, reach))
    end = (right + ARROW_ROOM, end[1])
    return DrawnRelation(
        edge.source,
        edge.target,
        edge.kind,
        bow(start, end, reach - ARROW_ROOM),
        arrow((right, end[1]), False),
    )


def _is_source(strand: Strand, index: int, layers: Layering) -> bool:
    """Whether the item at this end of the strand is the source of the relation."""
    return strand.edge.source == layers.keys[strand.items[index]]


def _corner(
    order: Sequence[Sequence[int]], middle: dict[int, float], lanes_of_columns: list[Lane], height: float
) -> Corner | None:
    """The foot of the last two columns when nothing stands or runs there."""
    if len(order) < 4:
        return None
    used = [middle[item] + PILL_HEIGHT // 2 for column in order[-2:] for item in column]
    if height - max(used, default=FIRST_ROW) < CORNER_HEIGHT + FOOT:
        return None
    first, last = lanes_of_columns[-2:]
    return Corner(first.x, height - 74, last.x + last.width - first.x)
