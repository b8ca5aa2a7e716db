"""Days some months or years away."""

from datetime import date

import pytest

from clusterportal.core.calendar_days import months_after, year_before


@pytest.mark.parametrize(
    ("day", "months", "end"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 1, 1), 120, date(2036, 1, 1)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(9999, 1, 1), 120, date.max),
    ],
)
def test_months_after(day, months, end):
    assert months_after(day, months) == end


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2026, 1, 31), date(2025, 1, 31)),
        (date(2024, 2, 29), date(2023, 2, 28)),
        (date(2025, 2, 28), date(2024, 2, 28)),
    ],
)
def test_year_before(day, before):
    assert year_before(day) == before
