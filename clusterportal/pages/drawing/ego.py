"""The relations of one actor as a picture: incoming at the left, outgoing and mutual at the right.

Neighbours with the same kinds of relation stand together under one caption. Unit: px of the viewBox.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from .paths import ARROW_ROOM, Point, arrow, number, smooth
from .shapes import (
    PILL_HEIGHT,
    Caption,
    DrawnRelation,
    Edge,
    Figure,
    Key,
    Node,
    Pill,
    drawable,
    lane_shift,
    pill,
)

__all__ = ["Edge", "EgoPicture", "Node", "ego"]

Ties = Mapping[Key, list[Edge]]

MOST_NEIGHBOURS = 12  # neighbours drawn, unless more are asked for

WIDE = 700
SIDE_WIDTH, ME_WIDTH, BETWEEN = 190, 164, 77
CAPTION = 24  # from the baseline of a caption to the middle of its first pill
ROW = 40
GROUP = 26  # from the foot of a group to the baseline of the next caption

NARROW = 320
NARROW_ROW = 38
NARROW_WIDTH = 230
INDENT = 44


@dataclass(frozen=True)
class EgoPicture:
    """Both drawings, and how many neighbours are not drawn (`more`)."""

    wide: Figure
    narrow: Figure
    more: int


@dataclass(frozen=True)
class Group:
    """Neighbours at one side that have the same kinds of relation, under one caption."""

    caption: str
    nodes: tuple[Node, ...]


def ego(
    center: Node,
    nodes: Sequence[Node],
    edges: Sequence[Edge],
    labels: Mapping[str, str],
    *,
    most: int = MOST_NEIGHBOURS,
) -> EgoPicture:
    """The picture of `center` and its first `most` direct neighbours in the order given; further edges are left out.

    `labels` names the kinds of relation and gives the order of the groups.
    """
    everyone = [center, *(node for node in nodes if node.key != center.key)]
    ties: dict[Key, list[Edge]] = {}
    for edge in drawable(everyone, edges):
        if center.key in (edge.source, edge.target):
            other = edge.target if edge.source == center.key else edge.source
            ties.setdefault(other, []).append(edge)
    joined = [node for node in everyone if node.key in ties]
    drawn = joined[:most]
    left = _groups([n for n in drawn if _is_incoming(n.key, ties[n.key])], ties, labels)
    right = _groups([n for n in drawn if not _is_incoming(n.key, ties[n.key])], ties, labels)
    return EgoPicture(
        wide=_wide(center, left, right, ties),
        narrow=_narrow(center, left, right, ties),
        more=len(joined) - len(drawn),
    )


def _is_incoming(key: Key, ties: list[Edge]) -> bool:
    """Whether a neighbour stands at the left: something directed comes from it, nothing goes to it."""
    directed = [edge for edge in ties if edge.is_directed]
    return bool(directed) and all(edge.source == key for edge in directed)


def _groups(nodes: list[Node], ties: Ties, labels: Mapping[str, str]) -> list[Group]:
    order = list(labels)

    def rank(kind: str) -> tuple[int, str]:
        return (order.index(kind) if kind in labels else len(order), kind)

    members: dict[tuple[str, ...], list[Node]] = {}
    for node in nodes:
        kinds = sorted({edge.kind for edge in ties[node.key]}, key=rank)
        members.setdefault(tuple(kinds), []).append(node)
    return [
        Group(", ".join(labels.get(kind, kind) for kind in kinds), tuple(members[kinds]))
        for kinds in sorted(members, key=lambda kinds: [rank(kind) for kind in kinds])
    ]


def _pill(node: Node, x: float, middle: float, width: float, *, is_me: bool = False) -> Pill:
    outside = not is_me and (node.is_external or not node.positions)
    return pill(node, x=x, y=middle - PILL_HEIGHT // 2, width=width, is_external=outside, is_me=is_me)


def _wide(center: Node, left: list[Group], right: list[Group], ties: Ties) -> Figure:
    """Three columns; without incoming relations the actor itself stands at the left edge."""
    me_x = 1 + (SIDE_WIDTH + BETWEEN) * bool(left)
    sides = _offsets(left), _offsets(right)
    level = max([PILL_HEIGHT // 2 + 1, *(14 + CAPTION - offsets[0] for offsets in sides if offsets)])
    me = _pill(center, me_x, level, ME_WIDTH, is_me=True)
    before, left_captions = _stack(left, 1, level)
    after, right_captions = _stack(right, me.right + BETWEEN, level)
    pills = (*before, me, *after)
    lines = [line for other in before for line in _across(other, me, ties[other.key])]
    lines += [line for other in after for line in _across(me, other, ties[other.key])]
    height = max(pill.y + pill.height for pill in pills) + 2
    return Figure(WIDE, height, (*left_captions, *right_captions), tuple(lines), pills)


def _offsets(groups: list[Group]) -> list[float]:
    """How far the pills of one side stand above or below the actor.

    They are centred on it; if one of them is nearly level with it, exactly level.
    """
    offsets, y = [], 0.0
    for group in groups:
        offsets += [y + ROW * index for index in range(len(group.nodes))]
        y = offsets[-1] + PILL_HEIGHT // 2 + GROUP + CAPTION
    center = (offsets[0] + offsets[-1]) / 2 if offsets else 0
    nearest = min(offsets, key=lambda offset: abs(offset - center), default=center)
    zero = nearest if abs(nearest - center) < ROW / 3 else center
    return [offset - zero for offset in offsets]


def _stack(groups: list[Group], x: float, level: float) -> tuple[list[Pill], list[Caption]]:
    """The pills of one side around a height, each group under its caption."""
    heights = iter(level + offset for offset in _offsets(groups))
    pills, captions = [], []
    for group in groups:
        members = [_pill(node, x, next(heights), SIDE_WIDTH) for node in group.nodes]
        captions.append(Caption(x, members[0].middle - CAPTION, group.caption))
        pills += members
    return pills, captions


def _across(left: Pill, right: Pill, ties: list[Edge]) -> list[DrawnRelation]:
    """The lines between two pills side by side, parallel where there are several relations."""
    lines = []
    for index, edge in enumerate(ties):
        shift = lane_shift((index, len(ties)))
        points: list[Point] = [(left.right, left.middle + shift), (right.x, right.middle + shift)]
        head = ""
        if edge.is_directed:
            to_right = edge.source == left.key
            x, y = points[to_right]
            head = arrow((x, y), to_right)
            points[to_right] = (x - ARROW_ROOM if to_right else x + ARROW_ROOM, y)
        lines.append(DrawnRelation(edge.source, edge.target, edge.kind, smooth(points), head))
    return lines


def _narrow(center: Node, left: list[Group], right: list[Group], ties: Ties) -> Figure:
    """One list: incoming, the actor itself, the rest; elbows at the left, one trunk for each group."""
    left_x = 1 + 10 * (len(left) + 1) if left else 1
    me_x = left_x + (INDENT // 2 if left else 0)
    right_x = me_x + 24 + 10 * len(right)
    before, captions_before, y = _list(left, left_x, 14)
    me = _row(center, me_x, y + 2 if left else PILL_HEIGHT // 2 + 1, is_me=True)
    after, captions_after, _ = _list(right, right_x, me.middle + 40)
    pills = [*chain(*before), me, *chain(*after)]
    lines = [line for i, group in enumerate(before) for line in _elbows_in(group, me, i, len(before), ties)]
    lines += [line for i, group in enumerate(after) for line in _elbows_out(group, me, i, len(after), ties)]
    captions = (*captions_before, *captions_after)
    height = pills[-1].middle + PILL_HEIGHT // 2 + 2
    return Figure(NARROW, height, captions, tuple(lines), tuple(pills))


def _list(groups: list[Group], x: float, y: float) -> tuple[list[list[Pill]], list[Caption], float]:
    """The pills of groups one below the other from a height, and the height where the next may begin."""
    pills, captions = [], []
    for group in groups:
        captions.append(Caption(x, y, group.caption))
        rows = enumerate(group.nodes)
        pills.append([_row(node, x, y + CAPTION + NARROW_ROW * index) for index, node in rows])
        y = pills[-1][-1].middle + 38
    return pills, captions, y


def _row(node: Node, x: float, middle: float, *, is_me: bool = False) -> Pill:
    return _pill(node, x, middle, min(NARROW_WIDTH, NARROW - 1 - x), is_me=is_me)


def _elbows_in(group: list[Pill], me: Pill, index: int, count: int, ties: Ties) -> list[DrawnRelation]:
    """From the left edge of each pill down a trunk and into the actor; the first group runs outermost."""
    trunk = 7 + 10 * index
    level = me.middle + ((count - 1) / 2 - index) * min(10, 24 / count)
    lines = []
    for other in group:
        for lane, edge in enumerate(ties[other.key]):
            shift = lane_shift((lane, len(ties[other.key])))
            corners = [(other.x, other.middle + shift), (trunk + shift, level + shift), (me.x, level + shift)]
            lines.append(_elbow(edge, corners, starts_at=other.key))
    return lines


def _elbows_out(group: list[Pill], me: Pill, index: int, count: int, ties: Ties) -> list[DrawnRelation]:
    """From the foot of the actor down a trunk and into each pill; the last group runs outermost."""
    trunk = me.x + 14 + 10 * (count - 1 - index)
    lines = []
    for other in group:
        for lane, edge in enumerate(ties[other.key]):
            shift = lane_shift((lane, len(ties[other.key])))
            level = other.middle - shift
            corners = [(trunk + shift, me.y + me.height), (trunk + shift, level), (other.x, level)]
            lines.append(_elbow(edge, corners, starts_at=me.key))
    return lines


def _elbow(edge: Edge, corners: list[Point], *, starts_at: Key) -> DrawnRelation:
    """A line with right angles through three corners, with an arrow head at the target's end."""
    head = ""
    ends_at_target = edge.source == starts_at
    if edge.is_directed and ends_at_target:
        (x, y), to_right = corners[-1], True
        head, corners = arrow((x, y), to_right), [*corners[:-1], (x - ARROW_ROOM, y)]
    elif edge.is_directed:
        x, y = corners[0]
        head = f"M{number(x)} {number(y)}l-4.5 9h9z"
        corners = [(x, y + ARROW_ROOM), *corners[1:]]
    return DrawnRelation(edge.source, edge.target, edge.kind, _angular(corners), head)


def _angular(corners: list[Point]) -> str:
    """Path data of horizontal and vertical pieces only."""
    (start_x, start_y), (turn_x, turn_y), (end_x, _) = corners
    first = f"H{number(turn_x)}" if start_x != turn_x else ""
    return f"M{number(start_x)} {number(start_y)}{first}V{number(turn_y)}H{number(end_x)}"
