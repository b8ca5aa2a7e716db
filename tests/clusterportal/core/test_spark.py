"""Spark lines: six values on a scale of their own."""

from decimal import Decimal

import pytest

from clusterportal.core.spark import Spark, spark


@pytest.mark.parametrize("values", [[], [None], [None, None]])
def test_without_a_value_there_is_no_picture(values):
    assert spark(values, goal=5) is None


def test_the_scale_is_the_own_one_and_holds_the_goal():
    assert (
        spark([19, 21, 24, 25, 27, 29]).line
        == "M6.0 36.0L39.6 30.4L73.2 22.0L106.8 19.2L140.4 13.6L174.0 8.0"
    )
    with_goal = spark([Decimal(37), Decimal(38)], goal=50)
    assert (with_goal.goal, with_goal.last) == (8.0, (174.0, 33.8))


def test_one_value_is_a_dot_and_equal_values_lie_in_the_middle():
    assert spark([5]) == Spark("M174.0 22.0", (), (174.0, 22.0), None, True)
    assert spark([5, 5]).last == (174.0, 22.0)


def test_a_period_without_value_breaks_the_line_and_only_six_are_shown():
    assert spark([1, None, 3]).line == "M106.8 36.0M174.0 8.0"
    many = spark(range(10))
    assert (len(many.dots), many.dots[0]) == (5, (6.0, 36.0))
