"""The balance in the cockpit: what was planned, what came, and nothing made up where a year is not booked."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from clusterportal.finance.domain.comparing import year_in_hand
from clusterportal.finance.domain.years import SourceInYear, Year
from clusterportal.finance.models import Budget, BudgetLine
from clusterportal.management.admin.money import balance_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 26)
SOURCES = ("public_funding", "membership_fees", "services", "projects")


def book(cluster, year: int, plan, actual, **fields) -> Budget:
    budget = Budget.objects.create(cluster=cluster, year=year, **fields)
    for source, planned, came in zip(SOURCES, plan, actual, strict=False):
        amounts = {"plan": planned and Decimal(planned), "actual": came and Decimal(came)}
        BudgetLine.objects.create(budget=budget, source=source, **amounts)
    return budget


def told(found) -> tuple:
    years = [
        (row.year, row.amount.said, row.amount.under, row.gap, row.own.said, row.own.under)
        for row in found.years
    ]
    sources = [(label, amount.said, amount.under, gap) for label, amount, gap in found.sources]
    plain = [
        [tuple(str(cell).replace("\xa0", " ") for cell in row) for row in rows] for rows in (years, sources)
    ]
    return plain[0], plain[1]


def test_years_and_sources_as_in_the_design(team, as_):
    """Of the design: 240,000 planned and come in 2026, own share 48 % in place of 50 %."""
    booked = book(team.ours, 2026, (120000, 38000, 36000, 46000), (124800, 38400, 33600, 43200))
    book(team.ours, 2027, (98000, 40000, 42000, 65000), (None,) * 4)
    book(team.ours, 2025, (100, 50), ("0.40", None), is_example=True)
    assert told(balance_of(team.ours, today=TODAY)) == (
        [
            ("2027", "–", "Plan 245.000 €", "–", "–", "Plan 60 %"),
            ("2026", "240.000 €", "Plan 240.000 €", "+0", "48 %", "Plan 50 %, −2 Prozentpunkte"),
            ("2025", "0 €", "Plan 150 €", "nicht alles gebucht", "–", "Plan 33 %"),
        ],
        [
            ("Öffentliche Förderung", "124.800 €", "Plan 120.000 €", "+4.800"),
            ("Mitgliedsbeiträge", "38.400 €", "Plan 38.000 €", "+400"),
            ("Dienstleistungen", "33.600 €", "Plan 36.000 €", "−2.400"),
            ("Projekte", "43.200 €", "Plan 46.000 €", "−2.800"),
        ],
    )
    page = (
        as_(team.manager).get(reverse("admin:clusters_cluster_cockpit", args=[team.ours.pk])).content.decode()
    )
    address = reverse("admin:finance_budget_change", args=[booked.pk])
    assert page.count(f'href="{address}"') >= 5  # the year, and each of its sources
    whole = reverse("admin:finance_budget_changelist") + f"?cluster__id__exact={team.ours.pk}"
    assert as_(team.manager).get(whole).context["cl"].result_count == 3 and whole in page


def test_of_nothing_there_is_nothing(team, as_):
    book(team.theirs, 2026, (1, 2), (3, 4))
    Budget.objects.create(cluster=team.ours, year=2026)
    assert told(balance_of(team.ours, today=TODAY)) == ([], [])
    page = (
        as_(team.manager).get(reverse("admin:clusters_cluster_cockpit", args=[team.ours.pk])).content.decode()
    )
    assert "Noch ist kein Haushalt erfasst." in page


def test_a_source_without_plan_and_a_year_below_nought(team):
    book(team.ours, 2026, (None, 10), (-5, 10))
    book(team.ours, 2025, ("200", "200"), ("201", "199"))
    book(team.ours, 2024, ("0", "1"), (None, None))
    years, sources = told(balance_of(team.ours, today=TODAY))
    assert years[1][5] == "Plan 50 %, +0 Prozentpunkte"
    assert years[2] == ("2024", "–", "Plan 1 €", "noch nicht gebucht", "–", "Plan 100 %")
    assert years[:1] == [("2026", "5 €", "Plan 10 €", "−5", "–", "Plan 100 %")]
    assert sources == [
        ("Öffentliche Förderung", "−5 €", "kein Plan", "–"), ("Mitgliedsbeiträge", "10 €", "Plan 10 €", "+0"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("years", "found"), [((2024, 2025), 2025), ((2025, 2026, 2027), 2026), ((2028, 2029), 2028), ((), None)]
)
def test_which_year_is_in_hand(years, found):
    line = SourceInYear("services", False, "-", Decimal(1), None)
    shown = year_in_hand([Year(year, "EUR", (line,)) for year in years], current=2026)
    assert (shown and shown.year) == found
