"""The Sankey picture: as wide as there are ties, nothing beyond its edge, numbers apart."""

from itertools import combinations, combinations_with_replacement

import pytest

from clusterportal.pages.drawing.sankey import NARROW, WIDE, sankey
from clusterportal.pages.drawing.sankey_shapes import Bar, Loop, Tag
from clusterportal.pages.drawing.shapes import Column

COLUMNS = [Column(position, f"Ebene {position}") for position in range(1, 6)]
EVERY = {pair: sum(pair) for pair in combinations_with_replacement(range(1, 6), 2)}
DEMO = {(1, 2): 4, (2, 3): 10, (1, 3): 2, (2, 5): 1, (1, 1): 1, (2, 2): 4}
MANY = {(1, 1): 300, (1, 2): 3, (2, 3): 500, (3, 5): 40, (4, 5): 1, (2, 5): 7, (5, 5): 90}


def test_a_small_picture_whole():
    picture = sankey({(1, 2): 2, (2, 2): 1}, COLUMNS[:2], WIDE)
    assert [(band.left, band.right, band.path) for band in picture.bands] == [
        (1, 2, "M233 76C450 76 450 76 667 76V98C450 98 450 98 233 98Z")
    ]
    assert picture.loops == (Loop(2, "M683 76A11 11 0 0 1 683 98Z"),)
    assert picture.bars == (Bar(1, 217, 76, 16, 22, False), Bar(2, 667, 76, 16, 22, False))
    assert picture.tags == (Tag((1, 2), 2, 433, 74, 34, 26), Tag((2, 2), 1, 697, 74, 34, 26))
    assert (picture.height, picture.corner) == (122, None)


@pytest.mark.parametrize("form", [WIDE, NARROW])
@pytest.mark.parametrize("flows", [{}, {(3, 3): 5}, {(1, 5): 1}, DEMO, EVERY, MANY], ids=str)
def test_bars_hold_what_meets_on_them_and_numbers_stand_apart(flows, form):
    picture = sankey(flows, COLUMNS, form)
    assert {tag.pair: tag.count for tag in picture.tags} == flows
    assert len(picture.heads) == 5 and len(picture.bars) == (5 if flows else 0)
    for bar in picture.bars:
        met = any(bar.position in pair for pair in flows)
        assert bar.is_empty != met and bar.height < 220 + 2 * len(flows)  # no band is thinner than 2
        assert bar.y >= max(head.text_y for head in picture.heads) + 24
    for tag in picture.tags:
        assert tag.x >= 0 and tag.x + tag.width <= form.width and tag.y + tag.height <= picture.height
    bars = {bar.position: bar for bar in picture.bars}
    for loop in picture.loops:
        radius = float(loop.path.partition("A")[2].split()[0])
        assert bars[loop.position].right + radius <= min(
            [form.width, *(bar.x for bar in picture.bars if bar.position > loop.position)]
        )
    for one, other in combinations(picture.tags, 2):
        assert abs(one.x - other.x) >= one.width or abs(one.y - other.y) >= one.height, (one, other)


def test_many_relations_make_bands_thinner_but_never_thinner_than_two():
    bars = {bar.position: bar for bar in sankey({(1, 2): 1, (2, 3): 5000}, COLUMNS, WIDE).bars}
    assert (bars[1].height, bars[3].height) == (2, 220)


def test_a_finding_has_a_corner_only_where_nothing_is():
    assert sankey(DEMO, COLUMNS, WIDE).corner is not None
    assert sankey(DEMO, COLUMNS, NARROW).corner is None
    assert sankey(EVERY, COLUMNS, WIDE).corner is None
