"""Values that the job keeps, what is public of those that people enter, and odd requests."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from clusterportal.clusters.enums import Section
from clusterportal.clusters.models import Release
from clusterportal.finance.models import Budget, BudgetLine
from clusterportal.kpis import tasks
from clusterportal.kpis.domain.board import standings
from clusterportal.kpis.domain.indicators import indicators_of
from clusterportal.kpis.domain.recording import keep_computed
from clusterportal.kpis.models import KpiValue
from tests.clusterportal.kpis.makers import TODAY, make_kpi, put
from tests.factories import make_cluster, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def on_that_day(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *args: TODAY)


def test_the_job_goes_through_every_cluster_that_keeps_a_computed_indicator(monkeypatch, caplog):
    """Also through one that keeps an entered one beside it, and on after one that fails."""
    broken, cluster, entered = (
        make_cluster("broken"),
        make_cluster("own", staff_fte=2),
        make_cluster("entered"),
    )
    for one in (broken, cluster):
        make_kpi(one, "staff", indicator="staff_fte")
        make_kpi(one, "jobs")
    make_kpi(entered, "jobs")
    make_kpi(None, "staff", indicator="staff_fte")

    def failing(one, **asked):
        assert one != broken
        return keep_computed(one, **asked)

    monkeypatch.setattr(tasks, "keep_computed", failing)
    tasks.keep_computed_values(0)
    kept = KpiValue.objects.filter(value__isnull=False)
    assert list(kept.values_list("kpi__cluster__slug", "value")) == [("own", 2)]
    assert [one.getMessage() for one in caplog.records] == ["computed values of broken are not kept"]


def test_a_figure_of_a_year_that_is_over_is_the_value_of_that_year():
    cluster = make_cluster()
    Release.objects.create(cluster=cluster, section=Section.FINANCING)
    kpi = make_kpi(cluster, "own-share", indicator="own_share", frequency="quarterly")
    budget = Budget.objects.create(cluster=cluster, year=2025)
    BudgetLine.objects.create(budget=budget, source="public_funding", actual=60)
    BudgetLine.objects.create(budget=budget, source="services", actual=40)
    keep_computed(cluster, today=TODAY)
    keep_computed(cluster, today=TODAY)
    assert list(KpiValue.objects.order_by("starts_on").values_list("starts_on", "value", "as_of")) == [
        (date(2025, 10, 1), 40, date(2025, 12, 31)),
        (date(2026, 7, 1), None, date(2026, 9, 30)),
        (date(2026, 10, 1), None, TODAY),
    ]
    (one,) = standings(cluster, today=TODAY)
    assert (one.kpi, one.value, one.period.start) == (kpi, 40, date(2025, 10, 1))
    assert one.records == f"/de/cluster/{cluster.slug}/finanzierung/"
    with override("en"):
        (one,) = standings(cluster, today=TODAY)
    assert one.records == f"/en/clusters/{cluster.slug}/financing/"


def test_computed_values_stand_when_their_period_is_over(on_that_day):
    cluster = make_cluster(staff_fte=Decimal("1.5"))
    make_kpi(cluster, "staff", indicator="staff_fte")
    make_kpi(cluster, "unknown", indicator="no_such_code")
    assert keep_computed(cluster, today=TODAY) == 4  # of this year, and of the last, in which nobody computed
    cluster.staff_fte = Decimal(2)
    assert keep_computed(cluster, today=TODAY) == 2
    assert keep_computed(cluster, today=date(2027, 1, 1)) == 2
    cluster.staff_fte = Decimal(3)
    keep_computed(cluster, today=date(2027, 1, 2))
    kept = KpiValue.objects.filter(kpi__code="staff").order_by("starts_on")
    assert list(kept.values_list("starts_on__year", "value", "as_of", "is_computed")) == [
        (2025, None, date(2025, 12, 31), True),  # nobody knows how many there were
        (2026, 2, TODAY, True),  # as it was on the last day on which it was computed
        (2027, 3, date(2027, 1, 2), True),
    ]
    unknown = KpiValue.objects.filter(kpi__code="unknown").values_list("value", "reason")
    assert set(unknown) == {(None, "not_recorded")}
    assert keep_computed(make_cluster("other"), today=TODAY) == 0


def test_what_is_entered_is_public_where_the_chain_is_released():
    cluster = make_cluster()
    put(make_kpi(cluster, "jobs"), 2025, 8)
    Release.objects.create(cluster=cluster, section=Section.INDICATORS)
    assert indicators_of(cluster, as_of=TODAY) == []
    assert [one.value for one in indicators_of(cluster, as_of=TODAY, public=False)] == [8]


def test_odd_addresses_and_days_are_no_errors_of_the_server(client):
    own = make_cluster("own")
    kpi = make_kpi(own, frequency="monthly")
    client.force_login(make_person("manager", clusters=[own]))
    page = client.get(reverse("admin:kpis_kpi_enter"), {"cluster": "\x00"})
    assert (page.status_code, page.context["forms"]) == (200, [])
    sent = {"targets-TOTAL_FORMS": 0, "targets-INITIAL_FORMS": 0, "values-TOTAL_FORMS": 1}
    sent |= {"values-INITIAL_FORMS": 0, "values-0-starts_on": "9999-12-01", "values-0-value": "7"}
    sent |= {"cluster": own.pk, "code": kpi.code, "name_de": "N", "stage": "impact", "frequency": "monthly"}
    page = client.post(reverse("admin:kpis_kpi_change", args=[kpi.pk]), sent)
    values = next(one for one in page.context["inline_admin_formsets"] if one.opts.model is KpiValue)
    assert list(values.formset.errors[0]) == ["starts_on"]
