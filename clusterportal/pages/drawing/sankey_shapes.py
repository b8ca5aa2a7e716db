"""What a Sankey picture is made of. Unit: px."""

from dataclasses import dataclass

from .paths import Point
from .sankey_columns import Pair
from .shapes import Caption


@dataclass(frozen=True)
class Format:
    """The sizes of one of the two drawings."""

    width: float
    unit: float  # of one relation
    bar: float  # width of the bar of a layer
    first_head: float  # top of the highest head
    step_up: float
    tag: tuple[float, float]
    empty: float  # height of the place of a layer without a relation
    has_names: bool


WIDE = Format(900, 11, 16, 8, 14, (34, 26), 44, has_names=True)
NARROW = Format(328, 9, 10, 4, 8, (28, 25), 36, has_names=False)


@dataclass(frozen=True)
class Head:
    """The column of a layer: a tread, its number and name, and the tinted ground down to the foot."""

    position: int
    x: float
    y: float
    width: float
    height: float
    text_x: float
    text_y: float
    lines: tuple[Caption, ...]


@dataclass(frozen=True)
class Band:
    """The relations between two layers; its colour runs from that of the left one at `x1` to that of the right."""

    left: int
    right: int
    path: str
    x1: float
    x2: float


@dataclass(frozen=True)
class Loop:
    """The relations within one layer: half a disc at the foot of its bar."""

    position: int
    path: str


@dataclass(frozen=True)
class Bar:
    """Everything that meets on a layer; `is_empty`: nothing does."""

    position: int
    x: float
    y: float
    width: float
    height: float
    is_empty: bool

    @property
    def middle(self) -> float:
        return self.x + self.width / 2

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def under(self) -> float:
        """Baseline of the word below an empty place."""
        return self.y + self.height + 20

    @property
    def foot(self) -> float:
        """Where it ends, with that word."""
        return self.under + 4 if self.is_empty else self.y + self.height


@dataclass(frozen=True)
class Tag:
    """The number of a band: the door to its relations."""

    pair: Pair
    count: int
    x: float
    y: float
    width: float
    height: float

    @property
    def text_x(self) -> float:
        return self.x + self.width / 2

    @property
    def text_y(self) -> float:
        return self.y + self.height / 2 + 5


@dataclass(frozen=True)
class Sankey:
    """One drawing. `corner`: where the first line of a finding stands, where the last two columns leave room for it."""

    width: float
    height: float
    heads: tuple[Head, ...]
    bands: tuple[Band, ...]
    loops: tuple[Loop, ...]
    bars: tuple[Bar, ...]
    tags: tuple[Tag, ...]
    corner: Point | None
