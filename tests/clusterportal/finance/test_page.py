"""The public page of a cluster's financing: only where released, with none, one and many years."""

from decimal import Decimal

import pytest
from django.urls import reverse

from clusterportal.clusters.enums import Section
from clusterportal.clusters.models import Release
from clusterportal.finance.domain.years import Path, years_of
from clusterportal.finance.models import BudgetLine
from clusterportal.pages.drawing.bars import Bar, bar, scale_of
from clusterportal.pages.drawing.course import NARROW, WIDE, course
from clusterportal.pages.presenters.financing import course_of, plan_and_actual
from tests.clusterportal.finance.conftest import ACTUAL, DOCUMENTED, PLAN, TODAY
from tests.factories import make_cluster

pytestmark = pytest.mark.django_db


@pytest.fixture
def cluster():
    cluster = make_cluster()
    Release.objects.create(cluster=cluster, section=Section.FINANCING)
    return cluster


def ask(client, cluster, query=""):
    return client.get(reverse("clusters:financing", args=[cluster.slug]) + query)


def test_the_page_is_there_where_financing_is_released(client, cluster):
    assert ask(client, cluster).status_code == 200
    Release.objects.update(section=Section.LABELS)
    assert ask(client, cluster).status_code == 404
    assert ask(client, cluster, "?format=csv").status_code == 404


def test_nothing_recorded_is_said(client, cluster):
    shown = ask(client, cluster)
    assert shown.context["course"]["says"] == "Von diesem Cluster ist noch kein Jahr gebucht."
    assert shown.context["money"] == {
        "tables": [],
        "says": "Noch ist kein Haushalt erfasst.",
        "left_out": 0,
        "is_example": False,
    }
    text = shown.content.decode()
    assert "Dazu lässt sich noch nichts sagen" in text
    assert "<svg" not in text.partition('id="h-course"')[2].partition("</main>")[0]


def test_four_years_beside_the_documented_path(client, cluster, make_course, django_assert_max_num_queries):
    make_course(cluster)
    with django_assert_max_num_queries(10):
        shown = ask(client, cluster)
    found = shown.context["course"]
    assert found["says"] == (
        "An Punkt 6 des dokumentierten Verlaufs trägt sich ein Cluster zur Hälfte selbst. "
        "Dieser steht bei 48\u00a0%; es fehlen noch 2 Prozentpunkte."
    )
    assert [(one.point, one.own, one.year, one.cluster, one.gap) for one in found["rows"][3:7]] == [
        (4, "30\u00a0%", 2024, "31\u00a0%", "+1"),
        (5, "40\u00a0%", 2025, "42\u00a0%", "+2"),
        (6, "50\u00a0%", 2026, "48\u00a0%", "−2"),
        (7, "60\u00a0%", None, "", ""),
    ]
    money = shown.context["money"]
    assert money["says"] == (
        "2026 kam mehr als geplant: Öffentliche Förderung, Mitgliedsbeiträge. "
        "Weniger: Dienstleistungen, Projekte."
    )
    (table,) = money["tables"]
    assert [column["label"] for column in table["columns"]] == ["2024", "2025", "2026", "Plan 2027"]
    assert [(cell.amount, cell.remark) for cell, _column in table["rows"][0]["cells"]] == [
        ("151.800\u00a0€", "Plan 150.000\u00a0€, +1.800"),
        ("133.400\u00a0€", "Plan 135.000\u00a0€, −1.600"),
        ("124.800\u00a0€", "Plan 120.000\u00a0€, +4.800"),
        ("98.000\u00a0€", ""),
    ]
    assert [(cell.amount, cell.remark) for cell, _column in table["sums"]] == [
        ("220.000\u00a0€", "Plan 224.000\u00a0€"),
        ("230.000\u00a0€", "Plan 237.000\u00a0€"),
        ("240.000\u00a0€", "Plan 240.000\u00a0€"),
        ("245.000\u00a0€", ""),
    ]
    assert [(cell.amount, cell.remark) for cell, _column in table["shares"]] == [
        ("31\u00a0%", "Plan 33\u00a0%"),
        ("42\u00a0%", "Plan 43\u00a0%"),
        ("48\u00a0%", "Plan 50\u00a0%"),
        ("60\u00a0%", ""),
    ]


def test_the_file_has_every_line_as_it_is_recorded(client, cluster, make_course):
    make_course(cluster)
    BudgetLine.objects.filter(budget__year=2024, source="services").update(actual=Decimal("-0.01"))
    file = ask(client, cluster, "?format=csv")
    lines = file.content.decode().splitlines()
    assert file["Content-Disposition"] == 'attachment; filename="it-cluster-financing.csv"'
    assert lines[0] == "year,currency,source,is_public,plan,actual,is_example"
    assert lines[3] == "2024,EUR,services,0,16000.00,-0.01,0"
    assert len(lines) == 1 + 4 * len(PLAN)


def test_two_currencies_stand_apart(cluster, make_budget):
    make_budget(cluster, 2024, actual=(1, 2, 3, 4), currency="CHF")
    make_budget(cluster, 2025, actual=(1, 2, 3, 4))
    tables = plan_and_actual(years_of(cluster), today=TODAY)["tables"]
    assert [(one["currency"], one["sums"][0][0].amount) for one in tables] == [
        ("EUR", "10.000\u00a0€"),
        ("CHF", "10.000\u00a0CHF"),
    ]


def test_a_cluster_without_a_path_has_its_own_break_even(cluster, make_budget):
    make_budget(cluster, 2025, actual=(60, 40, None, None))
    one = course_of(years_of(cluster), Path({}))
    wide = one["pictures"][0][0]
    assert (len(wide.diamonds), wide.own, wide.even, one["span"]) == (1, None, None, (2025, 2025))
    make_budget(cluster, 2026, actual=(50, 50, None, None))
    two = course_of(years_of(cluster), Path({}))
    assert two["says"] == "Dieser Cluster hat die Hälfte erreicht."
    assert two["pictures"][0][0].even == (134.0, 192.0)


def test_the_course_as_in_the_design():
    path = dict(enumerate(map(Decimal, DOCUMENTED), 1))
    wide, narrow = (course(path, [(6, Decimal(48))], even=6, box=box) for box in (WIDE, NARROW))
    assert wide.own.line.startswith("M46.0 289.2L134.0 289.2L222.0 273.0L310.0 256.8L398.0 224.4L486.0 192.0")
    assert wide.public.line.endswith("L662.0 256.8L750.0 256.8")
    assert (wide.even, wide.diamonds) == ((486.0, 192.0), ("M486.0 191.5l7 7l-7 7l-7 -7z",))
    assert narrow.own.line.startswith("M36.0 212.8L71.0 212.8")
    assert [label.text for label in narrow.own.labels] == ["20", "70"]
    long = course(path, [(12, 50)], even=6, box=NARROW)
    assert [point for _x, point, _is_even in long.points] == [1, 3, 5, 6, 7, 9, 11]


def test_bars_have_one_scale_and_go_left_of_nought():
    scale = scale_of([*(1000 * Decimal(str(n)) for n in (*ACTUAL[2024], *PLAN[2024])), None])
    assert (scale.low, scale.high) == (0, 160_000)
    assert bar(Decimal(34_000), Decimal(33_200), scale) == Bar(0, 0, 33.2, 34.0)
    assert bar(Decimal(98_000), None, scale) == Bar(0, 0, None, 98.0)
    signed = scale_of([Decimal(-40_000), Decimal(120_000)])
    assert bar(None, Decimal(-20_000), signed) == Bar(40.0, 20.0, 20.0, None)
    assert scale_of([]).high == 1000
