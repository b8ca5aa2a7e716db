"""Figures of a cluster: their edges, what they were on a day, and the endpoint that sends them."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from actors.models import Membership
from clusterportal.clusters.models import Release
from clusterportal.core.indicator import Indicator
from clusterportal.management import tasks
from clusterportal.management.domain import registry_figures, years
from clusterportal.management.domain.indicators import all_indicators
from clusterportal.management.domain.registry_figures import member_counts
from clusterportal.management.domain.years import keep_years, years_before
from clusterportal.management.models import YearFigure
from tests.factories import make_actor, make_area, make_cluster

pytestmark = pytest.mark.django_db
API = "/api/v1/clusters/it-cluster/indicators/"


def member(cluster, kind="company", *, state="published", **fields) -> Membership:
    actor = make_actor(kind=kind, state=state)
    return Membership.objects.create(actor=actor, cluster=cluster, **fields)


def own(cluster, **options) -> dict:
    found = registry_figures.indicators_of(cluster, as_of=timezone.localdate(), **options)
    return {one.code: one.value if one.reason is None else one.reason.value for one in found}


def test_figures_of_nobody_one_two_and_three(chain):
    cluster = make_cluster()
    nothing = "not_recorded"
    assert own(cluster) == {"members": 0, "companies_share": nothing, "open_gaps": nothing}
    member(cluster)
    assert own(cluster) == {"members": 1, "companies_share": "too_few", "open_gaps": nothing}
    member(cluster, "university")
    assert own(cluster)["companies_share"] == "too_few"
    member(cluster, "startup")
    assert own(cluster)["companies_share"] == pytest.approx(200 / 3)


def test_the_public_counts_what_it_sees_and_nobody_twice(chain):
    cluster, area = make_cluster(), make_area()
    make_area("robotics")  # the cluster has nobody there, so its cells are no gaps of the cluster
    both = make_actor(layers=[1, 3], areas=[area], clusters=[cluster])
    Membership.objects.create(actor=both, cluster=cluster, kind="partner")
    member(cluster, state="draft")
    member(cluster, is_cleared=False)
    member(cluster, state="archived")
    member(cluster, since=timezone.localdate() + timedelta(days=1))
    member(cluster, until=timezone.localdate())
    assert own(cluster) == {"members": 1, "companies_share": "too_few", "open_gaps": 3}
    assert own(cluster, public=False)["members"] == 3


def test_members_as_of_a_day():
    """Half-open intervals; without a beginning a membership is known from the day on which it was recorded."""
    cluster = make_cluster()
    member(cluster, since=date(2021, 1, 1), until=date(2022, 1, 1))
    member(cluster, since=date(2022, 1, 1))
    days = [date(2020, 12, 31), date(2021, 1, 1), date(2021, 12, 31), date(2022, 1, 1)]
    assert [(one.members, one.is_known) for one in member_counts(cluster, days)] == [
        (0, True), (1, True), (1, True), (1, True),
    ]  # fmt: skip
    member(cluster)
    today = timezone.localdate()
    counts = member_counts(cluster, [today - timedelta(days=1), today])
    assert [(one.members, one.is_known) for one in counts] == [(2, False), (2, True)]


def test_years_are_kept_once_and_this_one_again(django_assert_num_queries):
    cluster, today = make_cluster(), date(2026, 11, 26)
    member(cluster, since=date(2024, 3, 1))
    keep_years(cluster, today=today)
    assert years_before(cluster, ["members"], today=today)["members"] == {
        2021: 0, 2022: 0, 2023: 0, 2024: 1, 2025: 1,
    }  # fmt: skip
    member(cluster, since=date(2024, 3, 1))
    keep_years(cluster, today=today)
    kept = dict(YearFigure.objects.filter(code="members", year__gte=2025).values_list("year", "value"))
    assert kept == {2025: 1, 2026: 2}
    with django_assert_num_queries(1):
        years_before(cluster, ["members", "companies_share"], today=today)


def figure(code: str, day: date, value: int) -> Indicator:
    return Indicator(code, code, "", day, code, value)


def test_a_year_that_is_booked_late_is_filled_up_and_no_year_keeps_an_older_figure(monkeypatch):
    cluster, today, booked = make_cluster(), date(2026, 11, 26), {2024: 40}

    def all_indicators(cluster, *, as_of):
        year = max(year for year in booked if year <= as_of.year) if min(booked) <= as_of.year else None
        own = [figure("own_share", min(as_of, date(year, 12, 31)), booked[year])] if year else []
        return [figure("members", as_of, 5), *own]

    def kept():
        return dict(YearFigure.objects.filter(code="own_share").values_list("year", "value"))

    monkeypatch.setattr(years, "all_indicators", all_indicators)
    keep_years(cluster, today=today)
    assert kept() == {2024: 40}
    booked[2025] = 48
    keep_years(cluster, today=today)
    assert kept() == {2024: 40, 2025: 48}


def test_the_job_goes_on_after_a_cluster_that_fails(monkeypatch, caplog):
    broken, cluster = make_cluster("broken"), make_cluster("whole")
    done = []

    def failing(one, *, today):
        assert one != broken
        done.append(one)

    monkeypatch.setattr(tasks, "keep_years", failing)
    tasks.keep_all_years(0)
    assert done == [cluster]
    assert [one.getMessage() for one in caplog.records] == ["figures of broken are not kept"]


def test_the_endpoint_sends_what_is_released(client, chain):
    cluster = make_cluster(state="published")
    make_actor(clusters=[cluster])
    assert client.get(API).status_code == 404
    Release.objects.create(cluster=cluster, section="labels")
    missing = client.get(API)
    assert (missing.status_code, missing.headers["Content-Type"]) == (404, "application/problem+json")
    Release.objects.create(cluster=cluster, section="indicators")
    today = timezone.localdate().isoformat()
    monitor = "http://testserver/en/clusters/it-cluster/monitor/#m-"
    answer = client.get(API, {"lang": "en"})
    found = [
        one for one in answer.json()["results"] if one["code"] in ("members", "companies_share", "open_gaps")
    ]
    assert found == [
        {
            "code": "members", "label": "Members", "unit": None, "value": 1, "reason": None, "as_of": today,
            "method_url": f"{monitor}members", "actors": 1,
        },
        {
            "code": "companies_share", "label": "Share of companies", "unit": "%", "value": None,
            "reason": "too_few", "as_of": today, "method_url": f"{monitor}companies_share", "actors": 1,
        },
        {
            "code": "open_gaps", "label": "Gaps in the matrix", "unit": None, "value": None, "reason": "not_recorded",
            "as_of": today, "method_url": f"{monitor}open_gaps", "actors": 1,
        },
    ]  # fmt: skip
    assert answer.json()["count"] == len(answer.json()["results"])
    assert client.get(API, {"lang": "en"}, HTTP_IF_NONE_MATCH=answer.headers["ETag"]).status_code == 304
    Release.objects.all().delete()
    assert client.get(API).status_code == 404


@pytest.mark.parametrize("day", ["2999-01-01", "1899-12-31", "gestern", "2026-02-30"])
def test_a_day_to_come_or_none_at_all_is_refused(client, day):
    Release.objects.create(cluster=make_cluster(), section="indicators")
    answer = client.get(API, {"as_of": day})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["as_of"])


def test_as_of_answers_for_that_day(client):
    cluster = make_cluster()
    Release.objects.create(cluster=cluster, section="indicators")
    member(cluster, since=date(2024, 1, 1))
    sent = {one["code"]: one for one in client.get(API, {"as_of": "2023-12-31"}).json()["results"]}
    assert (sent["members"]["value"], sent["members"]["as_of"]) == (0, "2023-12-31")


def test_every_code_is_told_once_and_every_figure_has_a_method_on_the_monitor(client, chain):
    cluster = make_cluster()
    make_actor(layers=[1], areas=[make_area()], clusters=[cluster])
    Release.objects.create(cluster=cluster, section="indicators")
    found = all_indicators(cluster, as_of=timezone.localdate())
    assert len({one.code for one in found}) == len(found)
    page = client.get("/de/cluster/it-cluster/monitor/").content.decode()
    assert [one.method for one in found if f'id="m-{one.method}"' not in page] == []


def test_of_nothing_there_is_no_figure_but_the_number_of_members(chain):
    found = all_indicators(make_cluster(), as_of=timezone.localdate())
    assert len(found) > 40
    assert {one.code: one.value for one in found if one.value is not None} == {"members": 0}


def test_the_team_of_a_draft_cluster_releases_nothing_yet(client):
    Release.objects.create(cluster=make_cluster(state="draft"), section="indicators")
    assert client.get(API).status_code == 404
    assert client.get("/de/cluster/it-cluster/monitor/").status_code == 404
