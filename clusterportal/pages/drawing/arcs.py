"""The network of a region as a list with arcs, for narrow screens, in the order of the layered picture.

After Wattenberg, "Arc diagrams", IEEE InfoVis 2002. Unit: px of the viewBox.
"""

from collections.abc import Sequence

from .layering import Layering
from .paths import ARROW_ROOM, arrow, bow
from .shapes import Caption, Column, DrawnRelation, Edge, Figure, Key, Node, Pill, lanes, pill

WIDTH = 340
PILL = 174
BETWEEN = 6  # from pill to pill
GROUP = 49  # more than a row from the last pill of a layer to the caption of the next
REACH = (36, 212)  # of the flattest and the widest arc; a bow comes three quarters as far


def arcs(
    nodes: Sequence[Node],
    layers: Layering,
    order: Sequence[Sequence[int]],
    columns: Sequence[Column],
    outside: str,
) -> Figure:
    """The actors of all columns, which stand in `order`, in one; layers without an actor have no caption."""
    names = [Caption(0, 0, outside)] + [Caption(0, 0, f"{c.position} {c.name}", c.position) for c in columns]
    captions, pills, y = [], {}, 16
    for name, column in zip(names, order, strict=True):
        items = [item for item in column if not layers.is_slot(item)]
        if items:
            captions.append(Caption(0, y, name.text, name.layer))
            y += 9
        for item in items:
            node = nodes[item]
            outer = item in layers.columns[0]
            box = pill(node, x=1, y=y, width=PILL, is_external=outer)
            if box.y < y:  # a tall one grows both ways
                box = pill(node, x=1, y=2 * y - box.y, width=PILL, is_external=outer)
            pills[node.key] = box
            y += box.height + BETWEEN
        y += GROUP if items else 0
    bottom = max((p.y + p.height for p in pills.values()), default=16)
    lines = _arcs([strand.edge for strand in layers.strands], pills)
    return Figure(WIDTH, bottom + 21, tuple(captions), tuple(lines), tuple(pills.values()))


def _arcs(edges: Sequence[Edge], pills: dict[Key, Pill]) -> list[DrawnRelation]:
    """Bows between pills: the farther apart, the wider; parallel relations a little wider again."""
    lane_of = lanes(edges)
    span = {edge: abs(pills[edge.source].y - pills[edge.target].y) for edge in edges}
    rank = {value: index for index, value in enumerate(sorted(set(span.values())))}
    least, most = REACH
    lines = []
    for edge in edges:
        source, target = pills[edge.source], pills[edge.target]
        share = (rank[span[edge]] / max(len(rank) - 1, 1)) if len(rank) > 1 else 0
        reach = min(least + (most - least) * share + 7 * lane_of[edge][0], most)
        start, end = (source.right + 1, source.middle), (target.right + 1, target.middle)
        if edge.is_directed:
            path = bow(start, (end[0] + ARROW_ROOM, end[1]), reach - ARROW_ROOM)
            lines.append(DrawnRelation(edge.source, edge.target, edge.kind, path, arrow(end, False)))
        else:
            lines.append(DrawnRelation(edge.source, edge.target, edge.kind, bow(start, end, reach)))
    return lines
