"""What is published gives away nothing about one or two actors, not even by subtraction."""

import pytest

from clusterportal.core.disclosure import is_dominated, too_few


def test_few_are_one_or_two():
    assert [too_few(count) for count in range(5)] == [False, True, True, False, False]


@pytest.mark.parametrize(
    ("contributions", "dominated"),
    [
        ([], False),
        ([0, 0], False),
        ([5], True),
        ([5, 5], True),  # two have all
        ([1, 1, 1], False),
        ([75, 9, 8, 8], False),  # exactly the thresholds: 75 alone, 84 together
        ([76, 8, 8, 8], True),
        ([45, 45, 10], True),
        ([43, 42, 15], False),
    ],
)
def test_one_or_two_may_not_dominate(contributions, dominated):
    assert is_dominated(contributions) is dominated
