"""Who works with whom, layer by layer: bands between the columns, as wide as there are relations. Unit: px."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from .lettering import wrapped
from .paths import Point, number
from .sankey_columns import Bundle, Pair, Places, placed
from .sankey_shapes import NARROW, WIDE, Band, Bar, Format, Head, Loop, Sankey, Tag
from .shapes import Caption, Column

__all__ = ["NARROW", "WIDE", "Sankey", "sankey"]

TALLEST = 220  # of a bar; more relations make all bands thinner
THINNEST = 2  # of a band
AHEAD = 4  # a band runs level for so long before and after a column that it passes
FOOT = 22
CORNER = 76  # free height that a finding needs
LETTERS = 12  # px: a little less than the names of the layers, whose letters are regular


def sankey(flows: Mapping[Pair, int], columns: Sequence[Column], form: Format = WIDE) -> Sankey:
    """The picture of the number of relations by pair of layers; pairs without any may be missing.

    Without any relation at all there are only the heads.
    """
    pitch = form.width / max(len(columns), 1)
    bundles = _bundles(flows, columns, pitch, form)
    first = _first_row(columns, pitch, form)
    bars, places = _stood(bundles, columns, first, form)
    tags = _tags(bundles, places, bars, pitch, form)
    foot = max([*(bar.foot for bar in bars), *_lows(bundles, places), *_feet(tags)], default=first)
    height = round(foot + FOOT, 1)
    return Sankey(
        width=form.width,
        height=height,
        heads=tuple(_heads(columns, pitch, height, form)),
        bands=tuple(_band(one, places, bars) for one in bundles if not one.is_loop),
        loops=tuple(_loop(one, places, bars) for one in bundles if one.is_loop),
        bars=tuple(bars),
        tags=tuple(tags),
        corner=_corner(bundles, places, bars, tags, height, form),
    )


def _bundles(
    flows: Mapping[Pair, int], columns: Sequence[Column], pitch: float, form: Format
) -> list[Bundle]:
    """The pairs that have relations. A relation within a layer meets its bar twice."""
    ranks = {column.position: rank for rank, column in enumerate(columns)}
    found = [
        ((one, other), (ranks[one], ranks[other]), count)
        for (one, other), count in sorted(flows.items())
        if count and one in ranks and other in ranks
    ]
    left = [sum(n for _pair, (a, b), n in found if b == rank > a) for rank in ranks.values()]
    right = [sum(n * (1 + (a == b)) for _pair, (a, b), n in found if a == rank) for rank in ranks.values()]
    unit = min([form.unit, TALLEST / max([1, *left, *right])])
    for _pair, (one, other), count in found:
        if one == other:  # half a disc has room to the next bar, on the last layer to the edge
            room = pitch - form.bar - 12 if one < len(columns) - 1 else (pitch - form.bar) / 2 - 2
            unit = min(unit, room / count)
    return [
        Bundle(pair, ends, count, max(THINNEST, count * unit * (1 + (ends[0] == ends[1]))))
        for pair, ends, count in found
    ]


def _stood(
    bundles: Sequence[Bundle], columns: Sequence[Column], first: float, form: Format
) -> tuple[list[Bar], Places]:
    """The bars of the layers and the places of the bundles, the topmost at the height `first`."""
    if not bundles:
        return [], {}
    spans, places = placed(bundles, len(columns), empty=form.empty)
    pitch, used = form.width / len(columns), {rank for one in bundles for rank in one.ranks}
    bars = [
        Bar(
            position=column.position,
            x=round(pitch * (rank + 0.5) - form.bar / 2, 1),
            y=first + top,
            width=form.bar,
            height=height,
            is_empty=rank not in used,
        )
        for rank, (column, (top, height)) in enumerate(zip(columns, spans, strict=True))
    ]
    return bars, {key: first + y for key, y in places.items()}


def _lows(bundles: Sequence[Bundle], places: Places, ranks: Sequence[int] = ()) -> list[float]:
    """The lower edges of bundles where they meet or pass a column, all columns or those of `ranks`."""
    size = {one.pair: one.size for one in bundles}
    return [y + size[pair] for (pair, rank), y in places.items() if not ranks or rank in ranks]


def _feet(tags: Sequence[Tag]) -> list[float]:
    return [tag.y + tag.height for tag in tags]


def _top(rank: int, count: int, form: Format) -> float:
    """Upper edge of a head; the last one stands highest."""
    return form.first_head + form.step_up * (count - 1 - rank)


def _names(column: Column, x: float, y: float, pitch: float, form: Format) -> tuple[Caption, ...]:
    lines = wrapped(column.name, pitch - 36, size=LETTERS) if form.has_names else ()
    return tuple(Caption(x + 31, y + 26 + 17 * index, text) for index, text in enumerate(lines))


def _first_row(columns: Sequence[Column], pitch: float, form: Format) -> float:
    """Below the longest name of a layer."""
    tops = [_top(rank, len(columns), form) for rank in range(len(columns))]
    names = [
        line.y for column, y in zip(columns, tops, strict=True) for line in _names(column, 0, y, pitch, form)
    ]
    return max([*names, *(y + 30 for y in tops)], default=0) + 24


def _heads(columns: Sequence[Column], pitch: float, height: float, form: Format) -> list[Head]:
    heads = []
    for rank, column in enumerate(columns):
        x, y = round(pitch * rank + 1, 1), _top(rank, len(columns), form)
        size = round(pitch - 2, 1), round(height - y, 1)
        heads.append(Head(column.position, x, y, *size, x + 11, y + 30, _names(column, x, y, pitch, form)))
    return heads


def _band(one: Bundle, places: Places, bars: Sequence[Bar]) -> Band:
    """The outline of a band: along its upper edge to the right, along the lower one back."""
    first, last = one.ranks
    points: list[Point] = []
    for rank in range(first, last + 1):
        bar, y = bars[rank], places[one.pair, rank]
        ends = {first: [bar.right], last: [bar.x]}.get(rank, [bar.x - AHEAD, bar.right + AHEAD])
        points += [(x, y) for x in ends]
    back = [(x, y + one.size) for x, y in reversed(points)]
    path = f"M{_at(points[0])}{_along(points)}V{number(back[0][1])}{_along(back)}Z"
    return Band(*one.pair, path, bars[first].middle, bars[last].middle)


def _loop(one: Bundle, places: Places, bars: Sequence[Bar]) -> Loop:
    bar, y, radius = bars[one.ranks[0]], places[one.pair, one.ranks[0]], number(one.size / 2)
    path = f"M{_at((bar.right, y))}A{radius} {radius} 0 0 1 {_at((bar.right, y + one.size))}Z"
    return Loop(bar.position, path)


def _at(point: Point) -> str:
    return f"{number(point[0])} {number(point[1])}"


def _along(points: Sequence[Point]) -> str:
    """A curve through the points, level in each of them."""
    pieces = []
    for one, other in pairwise(points):
        half = number((one[0] + other[0]) / 2)
        pieces.append(f"C{half} {number(one[1])} {half} {number(other[1])} {_at(other)}")
    return "".join(pieces)


def _tags(
    bundles: Sequence[Bundle], places: Places, bars: Sequence[Bar], pitch: float, form: Format
) -> list[Tag]:
    """The numbers: of neighbouring layers between their columns, of a longer band in the last column that it passes.

    One that would stand on another moves down.
    """
    width, height = form.tag
    tags: list[Tag] = []
    for one in sorted(bundles, key=lambda one: one.is_loop):
        first, last = one.ranks
        y = places[one.pair, first] + one.size / 2
        if one.is_loop:
            radius = one.size / 2
            beside = radius + 3 if radius <= height / 2 else max(4, radius * 0.55 - width / 2)
            x = min(bars[first].right + beside + width / 2, form.width - width / 2 - 1)
        elif last - first == 1:
            x, y = pitch * last, (places[one.pair, first] + places[one.pair, last] + one.size) / 2
        else:
            x, y = bars[last - 1].middle, places[one.pair, last - 1] + one.size / 2
        tag = Tag(one.pair, one.count, round(x - width / 2, 1), round(y - height / 2, 1), width, height)
        tags.append(_apart(tag, tags))
    return tags


def _apart(tag: Tag, others: Sequence[Tag]) -> Tag:
    for other in sorted(others, key=lambda other: other.y):
        if abs(other.x - tag.x) < tag.width and abs(other.y - tag.y) < tag.height:
            tag = replace(tag, y=other.y + tag.height + 2)
    return tag


def _corner(
    bundles: Sequence[Bundle],
    places: Places,
    bars: Sequence[Bar],
    tags: Sequence[Tag],
    height: float,
    form: Format,
) -> Point | None:
    """The foot of the last two columns when nothing stands or runs there."""
    if not form.has_names or len(bars) < 4:
        return None
    last = range(len(bars) - 2, len(bars))
    left = form.width / len(bars) * last[0]
    used = [bar.foot for bar in bars[-2:]] + _lows(bundles, places, last)
    used += [tag.y + tag.height for tag in tags if tag.x + tag.width > left]
    return (left + 12, height - 50) if height - max(used) > CORNER else None
