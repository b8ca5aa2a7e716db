"""What is published gives away nothing about one or two actors, not even by subtraction."""

import highspy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusterportal.core.disclosure import MIN_ACTORS, Shown, is_dominated, suppressed, too_few


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


@pytest.mark.parametrize(
    ("rows", "shown"),
    [
        ([], Shown([], [], [], 0)),
        ([[0]], Shown([[0]], [0], [0], 0)),
        ([[1]], Shown([[None]], [None], [None], None)),
        ([[3]], Shown([[3]], [3], [3], 3)),
        (
            [[1, 9, 9], [9, 9, 9], [9, 9, 8]],
            Shown([[None, 9, None], [9, 9, 9], [None, 9, None]], [19, 27, 26], [19, 27, 26], 72),
        ),
        # the only filled cell of its row and column takes the totals with it
        ([[2, 0], [0, 4]], Shown([[None, 0], [0, 4]], [None, 4], [None, 4], None)),
    ],
)
def test_the_cheapest_numbers_go_with_the_hidden_ones(rows, shown):
    assert suppressed(rows) == shown


tables = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(st.integers(0, 6), min_size=width, max_size=width), min_size=1, max_size=4
    )
)


@settings(max_examples=120, deadline=None)
@given(tables)
def test_no_hidden_number_follows_from_what_is_shown(rows):
    """The largest and the smallest value that fit everything shown differ, for each hidden number."""
    shown = suppressed(rows)
    numbers = [
        *([*row, total] for row, total in zip(shown.rows, shown.row_totals, strict=True)),
        [*shown.column_totals, shown.total],
    ]
    height, width = len(numbers), len(numbers[0])
    solver = highspy.Highs()
    solver.silent()
    for number in (number for line in numbers for number in line):
        solver.addVar(*((1, 1000) if number is None else (number, number)))
    lines = [[row * width + column for column in range(width)] for row in range(height)]
    for line in [*lines, *zip(*lines, strict=True)]:
        solver.addRow(0, 0, width if line in lines else height, line, [1] * (len(line) - 1) + [-1])
    true = [[*row, sum(row)] for row in rows]
    true.append([sum(column) for column in zip(*true, strict=True)])
    for row, line in enumerate(numbers):
        for column, number in enumerate(line):
            assert number in (None, true[row][column])
            if number is None:
                assert true[row][column] > 0
                place, extremes = row * width + column, []
                for direction in (1, -1):
                    solver.changeColCost(place, direction)
                    solver.run()
                    extremes.append(round(solver.getSolution().col_value[place]))
                solver.changeColCost(place, 0)
                assert extremes[0] < extremes[1], f"{row}, {column} must be {extremes[0]} in {shown}"
            else:
                assert number == 0 or number >= MIN_ACTORS
