"""Indicators of the chain: kept, computed, due, taken over, shown; each cluster its own."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from clusterportal.clusters.enums import Section
from clusterportal.clusters.models import Release
from clusterportal.core.indicator import Reason
from clusterportal.intake.registry_files import load_registry
from clusterportal.kpis.domain.agenda import agenda_of
from clusterportal.kpis.domain.benchmark import values_elsewhere
from clusterportal.kpis.domain.board import standings
from clusterportal.kpis.domain.indicators import indicators_of
from clusterportal.kpis.domain.periods import period_of
from clusterportal.kpis.domain.recording import record_value, take_over
from clusterportal.kpis.domain.sources import current, hidden_codes, names_of_figures
from clusterportal.kpis.models import Kpi, KpiTarget, KpiValue
from clusterportal.matchmaking.models import Programme
from clusterportal.pages.presenters.monitor_chain import chain
from tests.clusterportal.kpis.makers import TODAY, make_kpi, put
from tests.factories import make_cluster, make_person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"starts_on": date(2025, 1, 1), "value": 1}, "kpi_value_once_a_period"),
        ({"until": date(2020, 1, 1), "value": 1}, "kpi_value_until_after_start"),
        ({"starts_on": date(1815, 1, 1), "value": 1}, "kpi_value_day_plausible"),
        ({}, "kpi_value_or_reason"),
        ({"value": 1, "reason": "hidden"}, "kpi_value_or_reason"),
        ({"reason": "whim"}, "kpi_value_reason_known"),
    ],
)
def test_the_database_refuses_values_that_make_no_sense(fields, rule):
    kpi = make_kpi(make_cluster())
    put(kpi, 2025, 1)
    said = {"starts_on": date(2024, 1, 1), "until": date(2026, 1, 1)} | fields
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        KpiValue.objects.create(kpi=kpi, **said)


def test_the_database_refuses_indicators_and_targets_that_make_no_sense():
    kpi = make_kpi(None)
    KpiTarget.objects.create(kpi=kpi, year=2026, value=1)
    for rule, make in {
        "kpi_once_a_cluster": lambda: make_kpi(None),  # of the templates, too
        "kpi_stage_known": lambda: make_kpi(None, "a", stage="luck"),
        "kpi_frequency_known": lambda: make_kpi(None, "a", frequency="daily"),
        "kpi_direction_known": lambda: make_kpi(None, "a", direction="left"),
        "kpi_target_once_a_year": lambda: KpiTarget.objects.create(kpi=kpi, year=2026, value=2),
        "kpi_target_year_plausible": lambda: KpiTarget.objects.create(kpi=kpi, year=1815, value=2),
    }.items():
        with pytest.raises(IntegrityError, match=rule), transaction.atomic():
            make()


def test_values_are_entered_by_the_team_for_periods_of_the_indicator():
    own, other = make_cluster("own"), make_cluster("other")
    manager = make_person("manager", clusters=[own])
    kpi, foreign = make_kpi(own), make_kpi(other)
    year = period_of(date(2025, 5, 5), "yearly")
    said = {"period": year, "value": Decimal("4.2"), "by": manager}
    kept = record_value(kpi=kpi, **said)
    assert (kept.value, kept.as_of, kept.entered_by, kept.is_computed) == (
        Decimal("4.2"),
        date(2025, 12, 31),
        manager,
        False,
    )
    again = record_value(kpi=kpi, **said | {"value": None, "reason": "not_recorded"})
    assert (again.pk, again.value, again.reason) == (kept.pk, None, "not_recorded")
    for wrong in (foreign, make_kpi(None)):
        with pytest.raises(PermissionDenied):
            record_value(kpi=wrong, **said)
    with pytest.raises(PermissionDenied):
        record_value(kpi=kpi, **said | {"by": make_person("editor", clusters=[own])})
    with pytest.raises(ValidationError):
        record_value(kpi=make_kpi(own, "b", indicator="own_share"), **said)
    for period in (period_of(date(2025, 5, 5), "monthly"), period_of(timezone.localdate(), "yearly")):
        with pytest.raises(ValidationError):
            record_value(kpi=kpi, **said | {"period": period})


def test_a_chain_shows_latest_values_courses_targets_and_others(django_assert_num_queries):
    cluster = make_cluster()
    kpi = make_kpi(cluster, "jobs", unit_de="Stellen")
    for year, value in {2021: 3, 2022: None, 2023: 5, 2024: 4, 2025: 8}.items():
        put(kpi, year, value, "" if value else "not_recorded")
    KpiTarget.objects.create(kpi=kpi, year=2026, value=10)
    make_kpi(cluster, "visits", stage="activity", frequency="quarterly")
    make_kpi(cluster, "gone", is_active=False)
    others = [make_cluster(f"c{number}") for number in range(6)]
    for number, other in enumerate(others):
        put(make_kpi(other, "jobs", indicator="own_share" if number == 4 else ""), 2025, number * 10)
    # The fourth shows its chain to nobody, the fifth no figures of its financing, the sixth nothing now.
    for other in (cluster, *others[:3], *others[4:]):
        Release.objects.create(cluster=other, section=Section.KPIS)
    put(Kpi.objects.get(cluster=others[5]), 2026, None, "too_few")
    with django_assert_num_queries(4):
        found = standings(cluster, today=TODAY)
    assert [(one.kpi.code, one.value, one.reason, one.target) for one in found] == [
        ("visits", None, Reason.NOT_RECORDED, None),
        ("jobs", 8, None, 10),
    ]
    jobs = found[1]
    assert [value for _period, value in jobs.course] == [3, None, 5, 4, 8]
    assert jobs.trend.words == "steigend"
    assert (jobs.benchmark.median, jobs.benchmark.position, jobs.benchmark.count) == (10, 3, 4)
    make_kpi(cluster, "told", is_example=True)
    values = {one.code: one.value for one in indicators_of(cluster, as_of=TODAY)}
    assert values == {"kpi_visits": None, "kpi_jobs": 8}
    Kpi.objects.filter(code="told").delete()
    section = chain(cluster, today=TODAY)
    assert section["says"] == (
        "1 von 2 Kennzahlen haben einen Wert. Nichts erfasst ist bei: Einsatz, Aktivität, Ergebnis, Wirkung."
    )
    assert [len(column["entries"]) for column in section["columns"]] == [0, 1, 0, 0, 1]
    row = section["rows"][1]
    assert (row.entry.value, row.entry.about, row.target, row.trend, row.comparison) == (
        "8",
        "2025 · jährlich",
        "10",
        "steigend: 3 bis 8",
        "Platz 3 von 4, Median der anderen 10",
    )
    assert (row.course.goal, len(row.course.dots), row.course.last) == (8.0, 3, (174.0, 16.0))
    assert [(one.anchor, one.text) for one in section["methods"]] == [
        ("kpi-visits", "Umfrage."),
        ("kpi-jobs", "Umfrage."),
    ]


def test_a_documented_example_stands_in_the_chain_and_counts_as_no_value():
    cluster = make_cluster()
    talks = make_kpi(cluster, "talks", stage="output", indicator="company_talks", frequency="quarterly")
    Programme.objects.create(
        cluster=cluster, slug="p", name_de="P", documented_talks=62, source="Slides", is_example=True
    )
    section = chain(cluster, today=TODAY)
    assert section["says"].startswith("0 von 1 Kennzahl hat einen Wert.")
    (entry,) = section["columns"][2]["entries"]
    assert (entry.value, entry.documented_in) == ("62", "Slides")
    assert entry.records == f"/de/cluster/{cluster.slug}/matchmaking/"
    put(talks, 2025, 7, is_computed=True)
    Release.objects.create(cluster=cluster, section=Section.MATCHMAKING)
    (entry,) = chain(cluster, today=TODAY)["columns"][2]["entries"]
    assert (entry.value, entry.documented_in) == ("7", "")


def test_an_empty_chain_and_quantity_before_quality():
    cluster = make_cluster()
    assert chain(cluster, today=TODAY)["says"] == "Noch werden keine Kennzahlen der Wirkungskette geführt."
    put(make_kpi(cluster, "talks", stage="output"), 2025, 62)
    outcome = make_kpi(cluster, "projects", stage="outcome")
    assert chain(cluster, today=TODAY)["hint"].startswith("Menge vor Güte")
    put(outcome, 2025, 15)
    assert chain(cluster, today=TODAY)["hint"] == ""


@pytest.mark.parametrize(
    ("section", "code"),
    [
        (Section.FINANCING, "own_share"),
        (Section.MATCHMAKING, "company_talks"),
        (Section.ACTION_PLAN, "gaps_open"),
        (Section.CRITERIA, "criteria_met"),
    ],
)
def test_what_the_cluster_hides_now_is_hidden_whatever_was_kept(section, code):
    """From its own chain, and from the comparison of others."""
    cluster, other = make_cluster(), make_cluster("other")
    put(make_kpi(cluster, "one", indicator=code), 2025, 48, is_computed=True)
    for one in (cluster, other):
        Release.objects.create(cluster=one, section=Section.KPIS)
    assert standings(cluster, today=TODAY)[0].reason == Reason.HIDDEN
    assert code in hidden_codes(cluster)
    assert values_elsewhere(other, ["one"], today=TODAY) == {}
    Release.objects.create(cluster=cluster, section=section)
    assert standings(cluster, today=TODAY)[0].value == 48
    assert code not in hidden_codes(cluster)
    assert values_elsewhere(other, ["one"], today=TODAY) == {"one": [48]}


def test_what_has_become_too_few_is_not_told_by_what_was_known_before():
    cluster = make_cluster()
    other = make_kpi(cluster, "density", indicator="network_density")
    put(other, 2025, 20, is_computed=True)
    put(other, 2026, None, "too_few", is_computed=True)
    density = next(one for one in standings(cluster, today=TODAY) if one.kpi == other)
    assert (density.value, density.reason, density.course) == (None, Reason.TOO_FEW, ())


def test_the_demo_has_templates_and_a_chain():
    cluster = make_cluster("it-cluster-kaiserslautern")
    assert load_registry(Path("fixtures/demo"), tables=["kpis"]) == {"kpis": (24, 0)}
    assert load_registry(Path("fixtures/demo"), tables=["kpis"]) == {"kpis": (0, 0)}
    assert Kpi.objects.templates().count() == 12
    other = make_cluster("other")
    manager = make_person("manager", clusters=[other])
    assert len(take_over(cluster=other, by=manager)) == 12
    assert take_over(cluster=other, by=manager) == []
    with pytest.raises(PermissionDenied):
        take_over(cluster=cluster, by=manager)
    lines = agenda_of(other, today=TODAY)
    assert [(one.kind, one.what, one.why, one.due) for one in lines] == [
        ("kpi", "Neue Arbeitsplätze", "Kein Wert für 2025", date(2026, 1, 1)),
        ("kpi", "Zufriedenheit der Mitglieder", "Kein Wert für 2025", date(2026, 1, 1)),
        ("kpi", "Unternehmensbesuche", "Kein Wert für 3. Quartal 2026", date(2026, 10, 1)),
    ]


def test_due_values_are_entered_on_one_page(client, monkeypatch):
    own, other = make_cluster("own"), make_cluster("other")
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: TODAY)
    first, second, foreign = make_kpi(own, "a"), make_kpi(own, "b"), make_kpi(other, "a")
    client.force_login(make_person("manager", clusters=[own]))
    address = reverse("admin:kpis_kpi_enter")
    page = client.get(address)
    assert [form.due.kpi for form in page.context["forms"]] == [first, second]
    sent = {
        f"{first.pk}-2025-01-01-value": "7.5",
        f"{second.pk}-2025-01-01-note": "nur so",
        f"{foreign.pk}-2025-01-01-value": "1",
    }
    refused = client.post(address, sent)
    assert refused.context["forms"][1].non_field_errors() == [
        "Geben Sie einen Wert an oder den Grund, warum es keinen gibt."
    ]
    assert not KpiValue.objects.exists()
    sent[f"{second.pk}-2025-01-01-reason"] = "not_recorded"
    assert client.post(address, sent).status_code == 302
    assert list(KpiValue.objects.order_by("kpi").values_list("kpi", "value", "reason")) == [
        (first.pk, Decimal("7.5"), ""),
        (second.pk, None, "not_recorded"),
    ]
    assert client.get(address).context["forms"] == []
    assert client.post(reverse("admin:kpis_kpi_take_over", args=[other.pk])).status_code == 403
    assert client.get(reverse("admin:kpis_kpi_change", args=[foreign.pk])).status_code == 302


def test_a_value_is_corrected_on_the_page_of_its_indicator(client):
    own = make_cluster("own")
    kpi, computed = make_kpi(own, frequency="quarterly"), make_kpi(own, "b", indicator="own_share")
    client.force_login(manager := make_person("manager", clusters=[own]))
    sent = {
        name: getattr(kpi, name)
        for name in ("code", "name_de", "stage", "frequency", "direction", "position")
    }
    sent |= {"cluster": own.pk, "is_active": "on", "targets-TOTAL_FORMS": 1, "targets-INITIAL_FORMS": 0}
    sent |= {"targets-0-year": 2026, "targets-0-value": 9, "values-TOTAL_FORMS": 1, "values-INITIAL_FORMS": 0}
    sent |= {"values-0-starts_on": "2026-08-17", "values-0-value": "7"}
    assert client.post(reverse("admin:kpis_kpi_change", args=[kpi.pk]), sent).status_code == 302
    kept = KpiValue.objects.get()
    assert (kept.starts_on, kept.until, kept.value, kept.entered_by) == (
        date(2026, 7, 1),
        date(2026, 10, 1),
        7,
        manager,
    )
    assert "erster Wert" in client.get(reverse("admin:kpis_kpi_change", args=[kpi.pk])).content.decode()
    put(computed, 2025, 48, is_computed=True)
    page = client.get(reverse("admin:kpis_kpi_change", args=[computed.pk]))
    values = next(one for one in page.context["inline_admin_formsets"] if one.opts.model is KpiValue)
    assert not (values.has_add_permission or values.has_change_permission or values.has_delete_permission)
    form = page.context["adminform"].form
    assert ("own_share", "Eigenanteil") in form.fields["indicator"].choices
    refused = client.post(reverse("admin:kpis_kpi_change", args=[kpi.pk]), sent | {"indicator": "luck"})
    assert [*refused.context["adminform"].form.errors] == ["indicator"]


def test_figures_are_named_without_computing_any(django_assert_num_queries):
    found = current(make_cluster(), as_of=timezone.localdate())
    with django_assert_num_queries(0):
        names = names_of_figures()
    assert names == {code: one.label for code, one in found.items()}
    assert [*names.values()] == sorted(names.values())
