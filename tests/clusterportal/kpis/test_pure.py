"""Periods, what is due, trends and comparisons: pure, in tables."""

from datetime import date
from decimal import Decimal

import pytest

from clusterportal.kpis.domain.benchmark import Benchmark, compare
from clusterportal.kpis.domain.due import missing_periods
from clusterportal.kpis.domain.periods import Period, following, last_complete, name_of, period_of
from clusterportal.kpis.domain.texts import value_text
from clusterportal.kpis.domain.trends import trend


def p(start: str, until: str) -> Period:
    return Period(date.fromisoformat(start), date.fromisoformat(until))


@pytest.mark.parametrize(
    ("day", "frequency", "period", "name"),
    [
        ("2026-02-28", "monthly", p("2026-02-01", "2026-03-01"), "Februar 2026"),
        ("2024-02-29", "monthly", p("2024-02-01", "2024-03-01"), "Februar 2024"),
        ("2026-12-31", "monthly", p("2026-12-01", "2027-01-01"), "Dezember 2026"),
        ("2026-11-26", "quarterly", p("2026-10-01", "2027-01-01"), "4. Quartal 2026"),
        ("2026-07-01", "half_yearly", p("2026-07-01", "2027-01-01"), "2. Halbjahr 2026"),
        ("2026-06-30", "half_yearly", p("2026-01-01", "2026-07-01"), "1. Halbjahr 2026"),
        ("2026-01-01", "yearly", p("2026-01-01", "2027-01-01"), "2026"),
    ],
)
def test_periods_are_of_the_calendar_and_half_open(day, frequency, period, name):
    found = period_of(date.fromisoformat(day), frequency)
    assert (found, name_of(found, frequency)) == (period, name)
    assert period_of(found.last_day, frequency) == found
    assert period_of(found.until, frequency) == following(found, frequency)
    assert last_complete(found.until, frequency) == found


@pytest.mark.parametrize(
    ("starts", "frequency", "missing"),
    [
        ([], "yearly", ["2025-01-01"]),  # the last that is over alone
        (["2023-01-01"], "yearly", ["2024-01-01", "2025-01-01"]),
        (["2025-01-01"], "yearly", []),
        (
            ["2026-01-01"],
            "yearly",
            ["2025-01-01"],
        ),  # what was said of the running year says nothing of the last
        (["2026-01-01"], "monthly", ["2026-08-01", "2026-09-01", "2026-10-01"]),  # at most three
        (["2026-07-01"], "quarterly", []),
    ],
)
def test_what_is_due_are_periods_that_are_over(starts, frequency, missing):
    found = missing_periods(map(date.fromisoformat, starts), frequency, today=date(2026, 11, 26))
    assert [one.start.isoformat() for one in found] == missing


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], None),
        ([1], None),
        ([None, 1, None], None),
        ([1, None, None, None, None, None, 2], None),  # the first is older than six periods
        ([1, 3], ("up", 1, 3, 2)),
        ([3, None, 1], ("down", 3, 1, 2)),
        ([2, 5, 2], ("level", 2, 2, 3)),
    ],
)
def test_a_trend_needs_two_of_the_last_six_values(values, expected):
    found = trend([None if value is None else Decimal(value) for value in values])
    told = found and (found.way.value, found.first, found.last, found.count)
    assert told == expected


@pytest.mark.parametrize(
    ("own", "others", "direction", "expected"),
    [
        (5, [1, 2], "higher", None),  # two others could be told
        (5, [1, 2, 9], "higher", Benchmark(Decimal(2), 2, 4)),
        (5, [1, 2, 9], "lower", Benchmark(Decimal(2), 3, 4)),
        (5, [5, 5, 5, 6], "higher", Benchmark(Decimal(5), 2, 5)),
    ],
)
def test_a_comparison_stands_on_three_others(own, others, direction, expected):
    assert compare(Decimal(own), [Decimal(one) for one in others], direction=direction) == expected


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("190.0000", "190"),
        ("5.4186", "5,42"),
        ("38.4615", "38,5"),
        ("240000", "240.000"),
        ("-1.5", "−1,50"),
        ("-0.0012", "0,00"),
    ],
)
def test_values_have_the_digits_that_matter(value, text):
    assert value_text(Decimal(value)) == text


def test_a_year_is_written_as_one():
    assert value_text(Decimal(2024), "Jahr") == "2024"
