"""How long labels are valid and when to act: one table with 29 February and the ends of months."""

from datetime import date

import pytest

from clusterportal.labels.domain.validity import (
    Span,
    add_months,
    end_of,
    may_still_renew,
    renewal_window,
    silver_window,
    start_of,
    status_on,
)


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("begun", "months", "over"),
    [
        ("2025-04-01", 24, "2027-04-01"),
        ("2024-02-29", 12, "2025-03-01"),  # no such day: the month is whole
        ("2024-02-29", 24, "2026-03-01"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2024-02-28", 12, "2025-02-28"),
        ("2023-02-28", 12, "2024-02-28"),  # not the end of February, the day of this number
        ("2024-08-31", 18, "2026-03-01"),
        ("2022-08-31", 18, "2024-03-01"),
        ("2022-08-29", 18, "2024-02-29"),
        ("2022-08-30", 18, "2024-03-01"),
        ("2025-10-31", 1, "2025-12-01"),
        ("2025-01-31", 36, "2028-01-31"),
        ("2025-12-15", 0, "2025-12-15"),
        ("2025-12-31", 12, "2026-12-31"),
    ],
)
def test_a_term_is_over_when_its_last_month_is(begun, months, over):
    assert add_months(day(begun), months) == day(over)


@pytest.mark.parametrize(
    ("kind", "renews", "end"),
    [
        ("bronze", False, "2027-04-01"),
        ("bronze", True, "2028-04-01"),
        ("silver", False, "2027-04-01"),
        ("silver", True, None),
        ("gold", False, None),
        ("go_cluster", False, None),
    ],
)
def test_what_the_rules_say_of_the_end(kind, renews, end):
    assert end_of(kind, start=day("2025-04-01"), is_renewal=renews) == (end and day(end))


def test_a_first_label_counts_from_its_month_a_renewal_from_the_former_end():
    former = Span(day("2023-02-01"), day("2025-02-01"))
    assert start_of(assessed_on=day("2025-04-29"), renewed=None) == day("2025-04-01")
    assert start_of(assessed_on=day("2025-12-10"), renewed=former) == day("2025-02-01")


@pytest.mark.parametrize(
    ("kind", "on", "status"),
    [
        ("bronze", "2024-02-28", "planned"),
        ("bronze", "2024-02-29", "valid"),
        ("bronze", "2026-02-28", "valid"),
        ("bronze", "2026-03-01", "window"),
        ("bronze", "2027-02-28", "window"),
        ("bronze", "2027-03-01", "expired"),
        ("gold", "2026-02-28", "valid"),
        ("gold", "2026-03-01", "expired"),  # no source grants a time to renew
    ],
)
def test_the_status_follows_from_the_dates(kind, on, status):
    assert status_on(day(on), kind, Span(day("2024-02-29"), day("2026-03-01"))) == status


def test_a_membership_without_an_end_stays_valid():
    assert status_on(day("2090-01-01"), "go_cluster", Span(day("2024-02-29"), None)) == "valid"
    assert renewal_window("go_cluster", None) is None


def test_windows():
    assert silver_window(day("2024-08-31")) == Span(day("2026-03-01"), day("2026-08-31"))
    assert renewal_window("bronze", day("2024-02-29")) == Span(day("2024-02-29"), day("2025-03-01"))
    late = [
        may_still_renew("bronze", end=day("2024-02-29"), assessed_on=day(on))
        for on in ("2023-12-01", "2025-02-28", "2025-03-01")
    ]
    assert late == [True, True, False]
    assert not may_still_renew("gold", end=day("2024-02-29"), assessed_on=day("2024-02-29"))
