"""What the pictures are made of: nodes and edges come in; pills, lines and captions go out. Unit: px."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .lettering import ELLIPSIS, REGULAR, filled, halved, text_width

Key = int | str
PILL_HEIGHT = 30
FLAG_STEP = 7
TALL = 36  # px: a pill of three lines
SMALL = 11  # px: letters of a label on several lines
_BASELINES = {1: (PILL_HEIGHT, (19.5,)), 2: (PILL_HEIGHT, (12.5, 25)), 3: (TALL, (11, 22, 33))}


@dataclass(frozen=True)
class Node:
    """An actor: its label, its page, its layers 1 to 5, and whether it stands outside the portal's region.

    `more` is drawn after the label, as "+76"; `aside` is heard after both and explains them.
    """

    key: Key
    label: str
    url: str = ""
    positions: tuple[int, ...] = ()
    is_external: bool = False
    more: str = ""
    aside: str = ""


@dataclass(frozen=True)
class Edge:
    """A relation between two actors; `kind` becomes the class of its line."""

    source: Key
    target: Key
    kind: str
    is_directed: bool = False


@dataclass(frozen=True)
class Column:
    """A layer of the Cluster Model as a column of the picture."""

    position: int
    name: str


@dataclass(frozen=True)
class Flag:
    """A stripe in a pill: one layer of the actor. It is 5 px wide."""

    position: int
    x: float
    y: float
    height: float = 16


@dataclass(frozen=True)
class Pill:
    """The box of an actor. `text` is what fits of `label`; `layer` 0 means no colour of a layer."""

    key: Key
    label: str
    lines: tuple[str, ...]  # one to three
    url: str
    x: float
    y: float
    width: float
    text_x: float
    text_y: tuple[float, ...]  # baseline of each line
    layer: int = 0
    positions: tuple[int, ...] = ()
    flags: tuple[Flag, ...] = ()
    is_external: bool = False
    is_me: bool = False
    is_fine: bool = False  # in smaller letters
    aside: str = ""
    height: int = PILL_HEIGHT

    @property
    def text(self) -> str:
        """What of the label is drawn."""
        return "".join(self.lines)

    @property
    def name(self) -> str:
        """What is heard: the whole label first, as who speaks to a computer says what is seen."""
        return f"{self.label} {self.aside}".rstrip()

    @property
    def more_lines(self) -> list[tuple[str, str, float]]:
        """Each line after the first: its text, the blank at its end, which stands between elements, its baseline."""
        rest = zip(self.lines[1:], self.text_y[1:], strict=True)
        return [(line.rstrip(" "), line[len(line.rstrip(" ")) :], y) for line, y in rest]

    @property
    def colour(self) -> str:
        """The class of its colour: that of a layer, or of whoever stands outside the region."""
        return "ext" if self.is_external else f"l{self.layer}"

    @property
    def middle(self) -> float:
        """Height of the line that enters or leaves the pill."""
        return self.y + self.height // 2

    @property
    def right(self) -> float:
        return self.x + self.width


@dataclass(frozen=True)
class DrawnRelation:
    """A drawn relation: path data, and path data of the arrow head (empty when it has no direction)."""

    source: Key
    target: Key
    kind: str
    path: str
    arrow: str = ""


@dataclass(frozen=True)
class Caption:
    """A line of text with its baseline; `layer` 0 means no colour of a layer."""

    x: float
    y: float
    text: str
    layer: int = 0


@dataclass(frozen=True)
class Figure:
    """A drawing of one column or one neighbourhood: captions, lines and pills in a viewBox of width times height."""

    width: float
    height: float
    captions: tuple[Caption, ...]
    lines: tuple[DrawnRelation, ...]
    pills: tuple[Pill, ...]

    @property
    def has_links(self) -> bool:
        return any(pill.url for pill in self.pills)


def pill(
    node: Node, *, x: float, y: float, width: float, is_external: bool = False, is_me: bool = False
) -> Pill:
    """The pill of a node at a place: stripes at the left, then the label, on up to three lines."""
    positions = () if is_me else node.positions
    inset = 14 + FLAG_STEP * len(positions) if positions else 10 + 2 * is_me
    size = 13 * REGULAR if is_external else 13
    label = f"{node.label} {node.more}".rstrip()
    lines = _lines(node, label, width - inset - 6, size)
    height, baselines = _BASELINES[len(lines)]
    top = y - (height - PILL_HEIGHT) // 2
    return Pill(
        key=node.key,
        label=label,
        lines=lines,
        url=node.url,
        x=x,
        y=top,
        width=width,
        text_x=x + inset,
        text_y=tuple(top + baseline for baseline in baselines),
        layer=0 if is_external or not node.positions else node.positions[0],
        positions=node.positions,
        flags=tuple(Flag(p, x + FLAG_STEP * (i + 1), y + 7) for i, p in enumerate(positions)),
        is_external=is_external,
        is_me=is_me,
        is_fine=text_width(label, size) > width - inset - 6,
        aside=node.aside,
        height=height,
    )


def _lines(node: Node, label: str, room: float, size: float) -> tuple[str, ...]:
    if text_width(label, size) <= room:
        return (label,)
    small = size * SMALL / 13
    lines = halved(label, room, small)
    if any(line.endswith(ELLIPSIS) for line in lines):
        return filled(node.label, room, small, most=3, tail=node.more)
    return lines


def drawable(nodes: Iterable[Node], edges: Iterable[Edge]) -> list[Edge]:
    """The edges to draw: both ends among the nodes, not to itself, and each relation once."""
    keys = {node.key for node in nodes}
    seen, kept = set(), []
    for edge in edges:
        ends = (edge.source, edge.target)
        same = (ends if edge.is_directed else frozenset(ends), edge.kind)
        if edge.source != edge.target and keys.issuperset(ends) and same not in seen:
            seen.add(same)
            kept.append(edge)
    return kept


def lanes(edges: Sequence[Edge]) -> dict[Edge, tuple[int, int]]:
    """For each edge its number among the edges of the same two actors, and how many these are."""
    together: dict[frozenset, list[Edge]] = {}
    for edge in edges:
        together.setdefault(frozenset((edge.source, edge.target)), []).append(edge)
    return {edge: (i, len(group)) for group in together.values() for i, edge in enumerate(group)}


def lane_shift(lane: tuple[int, int]) -> float:
    """How far from the middle of the pill a line runs, so that parallel relations stay apart."""
    index, count = lane
    return (index - (count - 1) / 2) * min(6, 24 / count)
