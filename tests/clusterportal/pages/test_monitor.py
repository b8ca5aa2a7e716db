"""The monitor of a cluster, from nobody to many."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from clusterportal.clusters.enums import Section
from clusterportal.clusters.models import Release
from clusterportal.core.indicator import Indicator
from clusterportal.management.models import YearFigure
from clusterportal.network.domain.choice import GraphChoice
from clusterportal.network.domain.graph import network_of
from clusterportal.pages.presenters.indicator_text import digits_of, said
from tests.factories import make_actor, make_area, make_cluster

pytestmark = pytest.mark.django_db
PAGE = "/de/cluster/it-cluster/monitor/"
DENSITY = "network_density"


@pytest.fixture
def cluster(chain):
    cluster = make_cluster()
    Release.objects.bulk_create(Release(cluster=cluster, section=section) for section in Section)
    return cluster


def tiles(client) -> dict:
    shown = client.get(PAGE).context["shown"]
    return {one.indicator.code: one for one in shown[0].context["tiles"]}


def test_a_cluster_without_members_has_a_page(client, cluster):
    answer = client.get(PAGE)
    assert answer.status_code == 200
    assert [cell.count for cell in answer.context["cells"]] == [0] * 5
    found = tiles(client)
    assert (found["members"].digits, found["companies_share"].digits) == ("0", "")
    assert "nicht erfasst" in answer.content.decode()


def test_a_single_member_is_not_told_by_shares(client, cluster):
    make_actor(kind="company", layers=[1], areas=[make_area()], clusters=[cluster])
    found = tiles(client)
    assert found["members"].digits == "1" and found["members"].spark.is_first
    assert (found["companies_share"].digits, found["companies_share"].spark) == ("", None)
    assert client.get(PAGE).status_code == 200


def test_a_course_over_the_years(client, cluster):
    year = timezone.localdate().year
    for back, value in ((1, 3), (2, 2), (6, 99)):
        day = timezone.localdate().replace(year=year - back, month=12, day=31)
        YearFigure.objects.create(cluster=cluster, code="members", year=year - back, day=day, value=value)
    make_actor(clusters=[cluster])
    tile = tiles(client)["members"]
    assert tile.past == f"{year - 2}: 2, {year - 1}: 3"
    assert tile.label == f"Mitglieder, Verlauf: {year - 2} 2, {year - 1} 3, {year} 1"
    assert len(tile.spark.dots) == 2


def test_each_figure_leads_to_its_records_and_its_method(client, cluster):
    for kind in ("company", "university", "startup"):
        make_actor(kind=kind, layers=[1], areas=[make_area(kind)], clusters=[cluster])
    page = client.get(PAGE)
    text = page.content.decode()
    for tile in page.context["shown"][0].context["tiles"]:
        assert f'href="#m-{tile.indicator.method}"' in text and f'id="m-{tile.indicator.method}"' in text
        if tile.indicator.records:
            assert client.get(tile.indicator.records).status_code == 200, tile
    said = {method.anchor: method.text for method in page.context["methods"]}
    [density] = [
        tile.indicator for tile in page.context["shown"][0].context["tiles"] if tile.indicator.code == DENSITY
    ]
    with override("de"):
        made_of = network_of(GraphChoice(as_of=density.as_of, cluster=cluster)).description
    assert said[DENSITY].endswith(made_of)


def test_members_do_not_cost_queries(client, cluster):
    def grow(count):
        for number in range(count):
            make_actor(layers=[1, 2], areas=[make_area(f"area-{count}-{number}")], clusters=[cluster])

    grow(3)
    client.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        client.get(PAGE)
    grow(6)
    with CaptureQueriesContext(connection) as many:
        client.get(PAGE)
    assert len(many) <= len(few) <= 120


def test_the_overview_leads_to_the_released_pages(client, cluster):
    page = client.get("/de/cluster/it-cluster/")
    assert [one["label"] for one in page.context["pages"]] == [
        "Überblick", "Monitor", "Aktionsplan", "Matchmaking", "Finanzierung",
    ]  # fmt: skip
    Release.objects.all().delete()
    assert client.get("/de/cluster/it-cluster/").context["pages"] == []


def test_a_year_without_its_unit_and_a_share_rounded_as_its_criterion():
    year = Indicator("break_even", "Break-even", "Jahr", date(2024, 12, 31), "break-even", 2024)
    share = Indicator("companies_share", "Anteil", "%", date(2024, 12, 31), "companies_share", 100 * 28 / 47)
    assert (said(year), said(share)) == ("2024", "59 %")


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [(29, "", "29"), (1234, "", "1.234"), (41.379, "%", "41"), (5.4187, "%", "5,4"), (1.5172, "", "1,52"),
     (0.0, "", "0"), (100.4, "", "100"), (10.26, "", "10,3"), (9.0, "%", "9"), (0.04, "%", "0,04"),
     (-0.0012, "", "−0,001"), (-1e-9, "", "0,000000"), (2024, "Jahr", "2024")],
)  # fmt: skip
def test_digits(value, unit, text):
    assert digits_of(value, unit) == text
