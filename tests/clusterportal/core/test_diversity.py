"""The formulas of diversity against values worked by hand, and at the edges where they are not defined."""

from math import log2

import pytest

from clusterportal.core import diversity
from clusterportal.core.diversity import Evenness, Variety

CASES = [
    ("entropy of nothing", diversity.entropy([]), None),
    ("entropy of empty cells", diversity.entropy([0, 0]), None),
    ("entropy of one cell", diversity.entropy([7]), 0),
    ("entropy of two equal cells", diversity.entropy([3, 3]), 1),
    ("entropy, an empty cell adds nothing", diversity.entropy([0.25, 0.25, 0.5, 0]), 1.5),
    ("effective number of nothing", diversity.effective_number([]), 0),
    ("effective number of one cell", diversity.effective_number([4]), 1),
    ("effective number of two equal cells", diversity.effective_number([1, 1]), 2),
    ("effective number", diversity.effective_number([0.25, 0.25, 0.5]), 2**1.5),
    ("evenness of nothing", diversity.evenness([], cell_count=25), None),
    ("evenness with one cell in all", diversity.evenness([5], cell_count=1), None),
    ("evenness of one cell of two", diversity.evenness([5, 0], cell_count=2), Evenness(0, 2)),
    ("HHI of nothing", diversity.herfindahl([]), None),
    ("HHI of one cell", diversity.herfindahl([9]), 1),
    ("HHI of two equal cells", diversity.herfindahl([9, 9]), 0.5),
    ("HHI", diversity.herfindahl([1, 1, 2]), 0.375),
    ("normalised HHI of nothing", diversity.normalised_herfindahl([0]), None),
    ("normalised HHI of one cell", diversity.normalised_herfindahl([9, 0]), 1),
    ("normalised HHI of two equal cells", diversity.normalised_herfindahl([9, 9]), 0),
    ("normalised HHI", diversity.normalised_herfindahl([1, 1, 2]), 0.0625),
    (
        "location quotient",
        diversity.location_quotient(part=6, whole=20, region_part=30, region_whole=200),
        2.0,
    ),
    (
        "location quotient of nobody",
        diversity.location_quotient(part=0, whole=20, region_part=30, region_whole=200),
        0,
    ),
    (
        "location quotient without cluster",
        diversity.location_quotient(part=0, whole=0, region_part=3, region_whole=9),
        None,
    ),
    (
        "location quotient, region without",
        diversity.location_quotient(part=0, whole=5, region_part=0, region_whole=9),
        None,
    ),
    (
        "location quotient without region",
        diversity.location_quotient(part=0, whole=5, region_part=0, region_whole=0),
        None,
    ),
    ("variety of nothing", diversity.variety({}), None),
    ("variety of one cell", diversity.variety({("a", 1): 3}), Variety(0, 0, 0)),
    (
        "variety, two cells of one group and one of another",
        diversity.variety({("a", 1): 0.25, ("a", 2): 0.25, ("b", 1): 0.5}),
        Variety(total=1.5, unrelated=1, related=0.5),
    ),
]


@pytest.mark.parametrize(("name", "value", "expected"), CASES, ids=[name for name, *_ in CASES])
def test_values_worked_by_hand(name, value, expected):
    assert value == (pytest.approx(expected) if isinstance(expected, float) else expected)


def test_evenness_tells_against_how_many_cells():
    measured = diversity.evenness([0.25, 0.25, 0.5], cell_count=25)
    assert measured == Evenness(pytest.approx(1.5 / log2(25)), 25)
    assert round(measured.value, 3) == 0.323
    assert diversity.evenness([2] * 5, cell_count=5) == Evenness(1.0, 5)


def test_nonsense_is_refused():
    with pytest.raises(ValueError, match="3 filled cells of 2"):
        diversity.evenness([1, 1, 1], cell_count=2)
    with pytest.raises(ValueError, match="at least nought"):
        diversity.entropy([1, -1])
