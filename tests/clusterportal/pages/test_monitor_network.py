"""The sections of the monitor about the network: each with nobody, one and many, every figure with a door."""

from datetime import date

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from actors.models import Actor, ActorRelation, Membership
from clusterportal.clusters.models import Release
from clusterportal.core.indicator import Reason
from clusterportal.network.domain import betweenness
from clusterportal.network.models import Betweenness
from clusterportal.pages.presenters.monitor_brokers import brokers
from clusterportal.pages.presenters.monitor_network_years import network_years, panel_years
from clusterportal.pages.presenters.monitor_sankey import sankey, weakest_cut
from tests.factories import make_actor, make_cluster
from tests.markup import markup_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 26)
SECTIONS = {"network_years": network_years, "brokers": brokers, "sankey": sankey}


def page_of(name, cluster) -> str:
    section = SECTIONS[name](cluster, today=TODAY)
    return markup_of(
        render_to_string(f"management/monitor/_{name}.html", {"section": section, "cluster": cluster})
    )


@pytest.fixture
def cluster(chain):
    """A path A-B-C-D over layers 1, 2, 3, 3, the last tie without a year; E alone on layer 5, F on none."""
    cluster = make_cluster()
    layers = {"A": [1], "B": [2], "C": [3], "D": [3], "E": [5], "F": []}
    actors = {name: make_actor(name, layers=own, clusters=[cluster]) for name, own in layers.items()}
    Membership.objects.filter(actor=actors["A"]).update(since=date(2001, 4, 1))
    for source, target, since in (("A", "B", 2005), ("B", "C", 2012), ("C", "D", None)):
        ActorRelation.objects.create(
            source=actors[source], target=actors[target], kind="cooperation", since=since
        )
    Release.objects.create(cluster=cluster, section="network")
    return cluster


def test_years_show_who_was_there_and_what_stood(client, cluster):
    section, few = network_years(cluster, today=TODAY), str(Reason.TOO_FEW.label)
    assert [
        (row.year, row.members, row.ties, row.undated, row.density, row.joined, row.stability)
        for row in section["rows"]
    ] == [
        (2001, 1, 0, 0, few, None, "–"),
        (2005, 2, 1, 0, few, 1, few),
        (2012, 3, 2, 0, "67 %", 1, "50 %"),
        (None, 6, 3, 1, "20 %", 3, "100 %"),
    ]
    assert (section["undated_members"], section["unplaced"]) == (5, 1)
    for row in section["rows"]:
        if row.ties:
            context = client.get(row.url).context
            assert context["relation_count"] == row.ties
    assert [address.partition("?")[2] for _name, address in section["exports"]] == [
        "format=graphml",
        "format=gexf",
        "format=csv",
    ]
    page = page_of("network_years", cluster)
    assert page.count('<svg class="fig" viewBox="0 0 190 176"') == 4 and page.count('class="e u"') == 1
    assert 'href="#m-network_years"' in page and section["description"] in page


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ([], []),
        ([2020], [2020]),
        ([1990, 1999, 2011, 2012, 2016], [1990, 1999, 2011, 2016]),
        ([2021, 2022, 2023, 2024, 2025], [2021, 2022, 2023, 2025]),
        (list(range(1950, 2026)), [1950, 1969, 1988, 2007]),
    ],
)
def test_past_panels_are_spread_over_the_years_of_change(changed, expected):
    assert panel_years(changed, today=TODAY) == expected


def test_brokers_are_those_the_job_found_and_points_and_bridges_are_live(cluster):
    before = brokers(cluster, today=TODAY)
    assert (before["bars"], before["stored"]) == ([], None)
    betweenness.compute(cluster=cluster, today=TODAY, revision=1)
    section = brokers(cluster, today=date(2026, 11, 27))
    assert [(str(bar.actor), round(bar.value, 3), length) for bar, length in section["bars"]] == [
        ("B", 0.2, 66.7),
        ("C", 0.2, 66.7),
    ]
    assert section["is_outdated"] and section["scale"] == 0.3
    assert [*map(str, section["articulation_points"].actors)] == ["B", "C"]
    assert [f"{one}{other}" for one, other in section["bridges"]] == ["AB", "BC", "CD"]
    assert ([*map(str, section["loners"].actors)], section["loners"].more) == (["E", "F"], 0)
    said = [(one.text[:2], len(one.pairs), one.has_more) for one in section["by_layer"]]
    assert said == [("B ", 1, False), ("C ", 1, False)]
    assert section["by_cluster"] == []
    page = page_of("brokers", cluster)
    assert section["finding"] in page and page.count("<summary>") == 2


def test_the_finding_names_somebody_who_holds_parts_together(cluster):
    """Not whoever is on most paths: without that one nothing need fall apart."""
    betweenness.compute(cluster=cluster, today=TODAY, revision=1)
    stored = Betweenness.objects.get()
    stored.values = [{"A": 0.9, "B": 0.1, "C": 0.2}.get(name, 0) for name in "ABCDEF"]
    stored.save()
    section = brokers(cluster, today=TODAY)
    assert str(section["bars"][0][0].actor) == "A"
    assert section["finding"].endswith(" C.")


def test_bands_count_ties_between_main_layers_and_lead_to_them(client, cluster):
    section = sankey(cluster, today=TODAY)
    assert {tag.pair: tag.count for tag in section["wide"].tags} == {(1, 2): 1, (2, 3): 1, (3, 3): 1}
    assert [tag.pair for tag in section["narrow"].tags] == [tag.pair for tag in section["wide"].tags]
    assert [(layer.position, number) for layer, number in section["empty"]] == [(4, 0), (5, 1)]
    for tag in section["wide"].tags:
        one, other = tag.pair
        assert client.get(f"{section['address']}{one}-{other}").context["relation_count"] == tag.count
    page = page_of("sankey", cluster)
    assert page.count("<svg") == 2 and 'role="group"' in page and section["finding"] in page
    assert f'href="{reverse("pages:network")}?cluster=it-cluster&amp;border=inside&amp;pair=1-2"' in page


@pytest.mark.parametrize(
    ("flows", "expected"),
    [
        ({}, None),
        ({(5, 5): 3}, None),
        ({(1, 1): 3}, (1, 0)),
        ({(1, 2): 4, (2, 3): 10, (2, 5): 1}, (3, 1)),
        ({(1, 2): 4, (2, 3): 1, (3, 4): 2, (4, 5): 1}, (2, 1)),
    ],
)
def test_the_chain_is_thinnest_where_the_fewest_ties_lead_across(chain, flows, expected):
    assert weakest_cut(flows, chain) == expected


@pytest.mark.parametrize("name", SECTIONS)
def test_a_cluster_without_ties_or_anybody_says_so(chain, name):
    empty, one = make_cluster("leer"), make_cluster("eins", position=1)
    make_actor("Allein", layers=[2], clusters=[one])
    for cluster in (empty, one):
        page = page_of(name, cluster)
        assert 'class="says"' in page and 'class="e' not in page and 'class="river' not in page


@pytest.mark.parametrize(("name", "most"), [("network_years", 8), ("brokers", 17), ("sankey", 6)])
def test_queries_do_not_grow_with_the_members(cluster, django_assert_max_num_queries, name, most):
    hub = Actor.objects.get(slug="a")
    for number in range(12):
        actor = make_actor(f"Rand {number}", layers=[4], clusters=[cluster])
        ActorRelation.objects.create(source=actor, target=hub, kind="supply", since=2000 + number)
    with django_assert_max_num_queries(most):
        page_of(name, cluster)
