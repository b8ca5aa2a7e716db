"""Budgets as they are stored, judged and told: constraints, points of the path, notices, indicators, agenda."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.db.models.expressions import RawSQL

from clusterportal.clusters.enums import Section
from clusterportal.clusters.models import Release
from clusterportal.core.indicator import Reason
from clusterportal.finance.domain.agenda import agenda_of
from clusterportal.finance.domain.balance import notices
from clusterportal.finance.domain.indicators import indicators_of
from clusterportal.finance.domain.years import Path, path_of, points_of, years_of
from clusterportal.finance.models import Budget, BudgetLine, PathPoint
from tests.clusterportal.finance.conftest import TODAY
from tests.factories import make_cluster

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"source": "services", "plan": 1}, "budget_line_once_a_source"),
        ({"source": "lottery", "plan": 1}, "budget_line_source_known"),
        (
            {"source": "membership_fees", "plan": 1, "is_publicly_funded": True},
            "budget_line_only_projects_vary",
        ),
        ({"source": "membership_fees"}, "budget_line_says_something"),
        ({"source": "membership_fees", "plan": -1}, "budget_line_plan_plausible"),
        (
            {"source": "membership_fees", "actual": RawSQL("'NaN'::numeric", ())},
            "budget_line_actual_plausible",
        ),
    ],
)
def test_the_database_refuses_lines_that_make_no_sense(make_budget, fields, rule):
    budget = make_budget(make_cluster(), 2026)
    BudgetLine.objects.create(budget=budget, source="services", plan=1)
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        BudgetLine.objects.create(budget=budget, **fields)


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"year": 2026}, "budget_once_a_year"),
        ({"year": 2027, "point": 6}, "budget_once_a_point"),
        ({"year": 1815}, "budget_year_plausible"),
        ({"year": 2027, "currency": "eu"}, "budget_currency_is_a_code"),
        ({"year": 2027, "point": 0}, "budget_point_plausible"),
    ],
)
def test_the_database_refuses_years_that_make_no_sense(make_budget, fields, rule):
    cluster = make_cluster()
    make_budget(cluster, 2026, point=6)
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        Budget.objects.create(cluster=cluster, **fields)


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"position": 1, "own_share": 20}, "path_point_once"),
        ({"position": 0, "own_share": 20}, "path_point_position_plausible"),
        ({"position": 2, "own_share": 101}, "path_point_is_a_share"),
        ({"position": 2, "own_share": 20, "evidence": ""}, "path_point_names_its_source"),
    ],
)
def test_the_database_refuses_points_that_make_no_sense(fields, rule):
    cluster = make_cluster()
    PathPoint.objects.create(cluster=cluster, position=1, own_share=20, evidence="Slides")
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        PathPoint.objects.create(**{"cluster": cluster, "evidence": "Slides"} | fields)


def test_projects_may_be_own_and_publicly_funded_in_one_year(make_budget):
    budget = make_budget(make_cluster(), 2026)
    lines = [
        BudgetLine.objects.create(
            budget=budget, source="projects", actual=amount, is_publicly_funded=is_public
        )
        for amount, is_public in ((30, False), (70, True))
    ]
    assert [line.is_public for line in lines] == [False, True]
    (year,) = years_of(budget.cluster)
    assert (year.booked.percent, year.by_source()) == ((30, 70), {"projects": Decimal(100)})


def test_years_stand_where_the_management_placed_them(make_budget):
    cluster = make_cluster()
    for year, point in ((2023, None), (2024, 2), (2025, None), (2026, 5)):
        make_budget(cluster, year, actual=(1, 1, 1, 1), point=point)
    assert points_of(years_of(cluster)) == {2023: 1, 2024: 2, 2025: 3, 2026: 5}
    Budget.objects.update(point=None)
    assert points_of(years_of(cluster)) == {2023: 1, 2024: 2, 2025: 3, 2026: 4}
    assert points_of([]) == {}
    Budget.objects.filter(year=2023).update(point=1)
    Budget.objects.filter(year=2025).update(point=2)
    assert points_of(years_of(cluster)) == {2023: 1, 2025: 2, 2026: 3}  # 2024 would stand where 2025 does


def said(cluster, today=TODAY) -> list[tuple[str, str]]:
    return [(one.level.value, one.title) for one in notices(years_of(cluster), path_of(cluster), today=today)]


def test_notices_name_the_rule_and_the_number(make_course, settings):
    cluster = make_cluster()
    make_course(cluster)
    found = notices(years_of(cluster), path_of(cluster), today=TODAY)
    assert [(one.level.value, one.title, one.why) for one in found] == [
        (
            "act",
            "Break-even verfehlt: 48\u00a0% statt 50\u00a0%",
            "Regel: die Hälfte ab Punkt 6 des dokumentierten Verlaufs. Für 2026 fehlen 4.800\u00a0€ eigene Einnahmen "
            "an Stelle öffentlicher Mittel.",
        ),
        (
            "act",
            "Mehr als 50\u00a0% der Einnahmen aus einer Quelle: Öffentliche Förderung, 52\u00a0%",
            "Regel: höchstens 50\u00a0% aus einer Quelle, sobald sich der Cluster selbst tragen soll. Konzentration "
            "der Quellen (Herfindahl-Index): 0,35; vier gleich große Quellen haben 0,25.",
        ),
        (
            "watch",
            "Plan 2027 hebt Projekte um 50\u00a0%: von 43.200\u00a0€ auf 65.000\u00a0€",
            "Regel: Ein Anstieg um mehr als 25\u00a0% braucht eine Begründung, die erfasst ist.",
        ),
        ("well", "Im Plan 2025: Mitgliedsbeiträge", "Der Plan ist erreicht oder übertroffen."),
    ]
    # Early in the life cycle, the same shares are as they should be.
    Budget.objects.update(point=None)
    assert [title for level, title in said(cluster) if level == "act"] == []


def test_notices_of_years_that_are_not_booked(make_budget):
    cluster = make_cluster()
    assert notices([], Path({}), today=TODAY) == []
    make_budget(cluster, 2023, plan=(1, 1, 1, 1), actual=(2, 2, 2, -2))
    make_budget(cluster, 2025, plan=(1, 1, 1, 1), actual=(1, None, 1, 1))
    assert said(cluster) == [
        ("act", "2024: nichts erfasst"),
        ("act", "2025: 1 Quelle ist noch nicht gebucht"),
        ("watch", "Projekte 2023: −2.000\u00a0€"),
        ("watch", "Projekte 2023: 3.000\u00a0€ hinter dem Plan"),
        ("well", "2023: Der Cluster trägt sich zur Hälfte selbst, Eigenanteil 50\u00a0%"),
        ("well", "Im Plan 2023: Öffentliche Förderung, Mitgliedsbeiträge, Dienstleistungen"),
    ]


def test_indicators_have_a_value_or_a_reason(make_budget, django_assert_num_queries):
    cluster = make_cluster()

    def values(**options):
        found = indicators_of(cluster, as_of=TODAY, **options)
        return {one.code: one.reason if one.value is None else one.value for one in found}

    codes = ("own_share", "break_even", "income_concentration", "income")
    assert values(public=False) == dict.fromkeys(codes, Reason.NOT_RECORDED)
    make_budget(cluster, 2025, actual=(60, 20, 10, 10))
    make_budget(cluster, 2026, plan=(1, 1, 1, 1), actual=(50, None, None, 25))
    assert values() == dict.fromkeys(codes, Reason.HIDDEN)
    Release.objects.create(cluster=cluster, section=Section.FINANCING)
    with django_assert_num_queries(3):
        assert values() == {
            "own_share": 40,
            "break_even": Reason.NOT_DEFINED,
            "income_concentration": pytest.approx(0.42),
            "income": 100_000,
        }
    make_budget(cluster, 2024, actual=(50, 50, 0, 0))
    assert values()["break_even"] == 2024
    assert {one.as_of for one in indicators_of(cluster, as_of=TODAY)} == {date(2025, 12, 31)}
    (share, *_rest) = indicators_of(cluster, as_of=date(2024, 5, 1))
    assert share.as_of == date(2024, 5, 1)
    assert (share.value, share.records) == (50, f"/de/cluster/{cluster.slug}/finanzierung/")


def test_the_budget_of_an_example_is_nobodys(make_budget):
    cluster = make_cluster()
    make_budget(cluster, 2025, actual=(60, 20, 10, 10), is_example=True)
    found = indicators_of(cluster, as_of=TODAY, public=False)
    assert {one.reason for one in found} == {Reason.NOT_RECORDED}


def test_a_share_just_over_the_limit_does_not_read_as_the_limit(make_budget):
    cluster = make_cluster()
    make_budget(cluster, 2025, actual=(80.04, 19.96, 0, 0))
    title = "Mehr als 80\u00a0% der Einnahmen aus einer Quelle: Öffentliche Förderung, 80,04\u00a0%"
    assert ("watch", title) in said(cluster)


def test_the_agenda_asks_for_a_plan_and_for_what_is_open(make_course, django_assert_num_queries):
    cluster, silent = make_cluster(), make_cluster("silent")
    assert agenda_of(silent, today=TODAY) == []
    make_course(cluster)
    with django_assert_num_queries(4):
        lines = agenda_of(cluster, today=TODAY)
    assert [(one.kind, one.what) for one in lines] == [
        ("money", "Break-even verfehlt: 48\u00a0% statt 50\u00a0%"),
        ("money", "Mehr als 50\u00a0% der Einnahmen aus einer Quelle: Öffentliche Förderung, 52\u00a0%"),
        ("money", "Plan 2027 hebt Projekte um 50\u00a0%: von 43.200\u00a0€ auf 65.000\u00a0€"),
    ]
    assert lines[0].url == f"/admin/finance/budget/{Budget.objects.get(year=2026).pk}/change/"
    Budget.objects.filter(year=2027).delete()
    first = agenda_of(cluster, today=TODAY)[0]
    assert (first.kind, first.what, first.due) == ("decision", "Haushalt 2027 planen", date(2026, 12, 31))
    assert first.url == f"/admin/finance/budget/add/?cluster={cluster.pk}&year=2027"
