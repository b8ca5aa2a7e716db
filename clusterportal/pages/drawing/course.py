"""The course of own and public share over the points of a life cycle, wide and narrow. Unit: px."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

FEWEST_POINTS = 9  # of the documented path; the axis grows with more
_TICKS = (0, 25, 50, 75, 100)
_FULL = 100
_APART = 20  # px between the names of two lines at their end

_ABOVE, _BELOW, _BELOW_DIAMOND = 11, 22, 30  # px from a mark to its numeral

Share = int | float | Decimal
Place = Callable[[int, Share], tuple[float, float]]


@dataclass(frozen=True)
class Box:
    """Where a picture of the course stands: the plot from `left` to `right` and `top` (100 %) to `bottom` (0 %)."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    live: int  # radius of the dot at break-even
    is_narrow: bool


WIDE = Box(900, 400, 46, 750, 30, 354, 11, False)
NARROW = Box(328, 300, 36, 316, 24, 260, 9, True)


@dataclass(frozen=True)
class Label:
    """A numeral beside a mark."""

    x: float
    y: float
    text: str


@dataclass(frozen=True)
class Series:
    """One line of the documented path; `end` is the height at which its name stands."""

    line: str
    dots: tuple[tuple[float, float], ...]
    labels: tuple[Label, ...]
    end: float


@dataclass(frozen=True)
class Course:
    """`ticks` are heights with their per cent, `points` places with their number and whether it is break-even.

    `own` and `public` are None without a documented path; `diamonds` are the years of the cluster.
    """

    box: Box
    ticks: tuple[tuple[float, int], ...]
    points: tuple[tuple[float, int, bool], ...]
    own: Series | None
    public: Series | None
    even: tuple[float, float] | None
    diamonds: tuple[str, ...]


def course(
    path: Mapping[int, Share], years: Iterable[tuple[int, Share]], *, even: int | None, box: Box
) -> Course:
    """The picture of a documented path (own share in per cent by point) with the cluster's own (point, share).

    `even`: the point of the path that gets the accent, or of the cluster where there is no path.
    """
    years = sorted(years)
    count = max([FEWEST_POINTS, *path, *(point for point, _share in years)])
    step = (box.right - box.left) / (count - 1)

    def place(point: int, share: Share) -> tuple[float, float]:
        x = box.left + (point - 1) * step
        return round(x, 1), round(box.bottom - float(share) / _FULL * (box.bottom - box.top), 1)

    shares = dict(path) or dict(years)
    own, public = _pair(path, place, even, box) if path else (None, None)
    return Course(
        box=box,
        ticks=tuple((place(1, share)[1], share) for share in _TICKS),
        points=tuple(
            (place(point, 0)[0], point, point == even)
            for point in range(1, count + 1)
            if not box.is_narrow or count <= FEWEST_POINTS or point % 2 or point == even
        ),
        own=own,
        public=public,
        even=place(even, shares[even]) if even in shares else None,
        diamonds=tuple(_diamond(*place(point, share)) for point, share in years),
    )


def _pair(path: Mapping[int, Share], place: Place, even: int | None, box: Box) -> tuple[Series, Series]:
    """Both lines; their names keep apart at the end."""
    last = max(path)
    shares = path[last], _FULL - path[last]
    ends = [place(last, share)[1] for share in shares]
    if abs(ends[0] - ends[1]) < _APART:
        middle, lower = sum(ends) / 2, 1 if shares[0] < shares[1] else -1
        ends = [middle + lower * _APART / 2, middle - lower * _APART / 2]
    rest = {point: _FULL - share for point, share in path.items()}
    own = _series(path, place, even, box, is_own=True, end=ends[0])
    return own, _series(rest, place, even, box, is_own=False, end=ends[1])


def _series(
    shares: Mapping[int, Share], place: Place, even: int | None, box: Box, *, is_own: bool, end: float
) -> Series:
    """A line with its dots; numerals stand outside of the two lines, so they change sides at break-even."""
    places = [(point, place(point, share)) for point, share in sorted(shares.items())]
    ends = {places[0][0], places[-1][0]}
    labels = []
    for point, (x, y) in places:
        if point == even or (box.is_narrow and point not in ends):
            continue
        is_before = even is None or point < even
        below = y + (_BELOW_DIAMOND if is_own else _BELOW)
        labels.append(
            Label(x, round(below if is_before == is_own else y - _ABOVE, 1), f"{shares[point]:.0f}")
        )
    return Series(
        line="M" + "L".join(f"{x} {y}" for _point, (x, y) in places),
        dots=tuple(spot for point, spot in places if point != even),
        labels=tuple(labels),
        end=round(end + 5, 1),
    )


def _diamond(x: float, y: float) -> str:
    return f"M{x} {round(y - 7, 1)}l7 7l-7 7l-7 -7z"
