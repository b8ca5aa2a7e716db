"""Own and public share, break-even, shares that add up: one table, worked by hand."""

from decimal import Decimal

import pytest

from clusterportal.core.diversity import herfindahl
from clusterportal.finance.domain.shares import Sums, break_even, largest_remainder, sums

DOCUMENTED = [20, 20, 25, 30, 40, 50, 60, 70, 70]


def of(own, public) -> Sums:
    return Sums(Decimal(own), Decimal(public))


@pytest.mark.parametrize(
    ("own", "public", "share", "percent", "is_even", "shortfall"),
    [
        ("115.2", "124.8", Decimal("0.48"), (48, 52), False, Decimal("4.8")),
        ("50", "50", Decimal("0.5"), (50, 50), True, 0),
        ("49.5", "50.5", Decimal("0.495"), (49, 51), False, Decimal("0.5")),  # never looks like half
        ("49.6", "50.4", Decimal("0.496"), (50, 50), False, Decimal("0.4")),
        ("1", "0", 1, (100, 0), True, 0),
        ("0", "80", 0, (0, 100), False, 40),
        ("0", "0", None, None, False, 0),  # a whole of nought has no parts
        ("-10", "110", None, None, False, 60),  # one side below nought is no part of a whole
        ("110", "-10", None, None, False, 0),
    ],
)
def test_shares(own, public, share, percent, is_even, shortfall):
    found = of(own, public)
    assert (found.own_share, found.percent, found.is_even, found.shortfall) == (
        share,
        percent,
        is_even,
        shortfall,
    )


def test_sums_are_of_what_is_recorded_and_not_rounded():
    cents = [(False, Decimal("0.004"))] * 3 + [(True, Decimal("-2")), (True, Decimal("5")), (False, None)]
    assert sums(cents) == Sums(Decimal("0.012"), Decimal(3))
    assert sums([]) is None
    assert sums([(True, None)]) is None


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        ([1, 1, 1], [34, 33, 33]),
        ([1, 1, 1, 1, 1, 1, 1], [15, 15, 14, 14, 14, 14, 14]),
        ([2, 1], [67, 33]),
        ([5], [100]),
        ([0, 3], [0, 100]),
    ],
)
def test_the_largest_remainder_makes_shares_add_up(parts, whole):
    found = largest_remainder([Decimal(part) for part in parts])
    assert found == whole
    assert sum(found) == 100


@pytest.mark.parametrize("parts", [[0, 0], [1, -1], [-1, 3]])
def test_what_has_no_shares_is_refused(parts):
    with pytest.raises(ValueError, match="shares need parts"):
        largest_remainder([Decimal(part) for part in parts])


@pytest.mark.parametrize(
    ("periods", "even"),
    [
        ([(n, of(own, 100 - own)) for n, own in enumerate(DOCUMENTED, 1)], 6),
        ([(2024, of(40, 60)), (2025, None), (2026, of(60, 40))], 2026),  # nothing is assumed for 2025
        ([(2024, of(60, 40)), (2025, of(40, 60))], 2024),  # the first, whatever comes later
        ([(2024, of(40, 60))], None),
        ([(2024, of(0, 0))], None),
        ([], None),
    ],
)
def test_break_even_is_the_first_period_with_half(periods, even):
    assert break_even(periods) == even


def test_concentration_of_four_sources():
    assert herfindahl([25, 25, 25, 25]) == 0.25
    assert herfindahl([124.8, 38.4, 33.6, 43.2]) == pytest.approx(0.52**2 + 0.16**2 + 0.14**2 + 0.18**2)
