"""Years, layers, clusters, regions and actors on the network page: its numbers lead to what they count."""

import re

import pytest
from django.urls import reverse

from clusterportal.clusters.models import Cluster, Region, Release
from clusterportal.network.models import CooperationProject, ProjectPartner
from clusterportal.pages.presenters import network_actors
from tests.clusterportal.pages.networks import get_network, pairs, relate
from tests.factories import make_actor, make_cluster
from tests.markup import markup_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def regions(chain):
    """Two clusters in two regions: three relations within the first, one across, one that has ended."""
    region = Region.objects.create(slug="leipzig", name_de="Leipzig")
    home, away = make_cluster("daheim"), make_cluster("fern", region=region, position=1)
    a, b, c = (
        make_actor(name, layers=[layer], clusters=[home]) for name, layer in (("A", 1), ("B", 3), ("C", 3))
    )
    d = make_actor("D", layers=[4, 2], clusters=[away])
    relate(a, b, since=2010)
    relate(b, a, "supply", since=2014, until=2016)
    relate(b, c, "research")
    relate(c, d, "supply", since=2020)
    relate(a, c, since=2001, until=2019)
    return a, b, c, d


@pytest.mark.parametrize(
    ("query", "expected", "undated"),
    [
        ("", ["AB", "BC", "CD"], 0),  # those that stand today
        ("?year=2014", ["AB", "AC", "BA"], 1),
        ("?year=2017", ["AB", "AC"], 1),
        ("?year=1999", [], 1),
        ("?year=2014&relation=supply", ["BA"], 0),
        ("?pair=3-1", ["AB"], 0),
        ("?pair=3-3", ["BC"], 0),
        ("?pair=3-4", ["CD"], 0),  # the main layer of D, not its first
        ("?pair=2-3", [], 0),
        ("?cluster=daheim", ["AB", "BC", "CD"], 0),
        ("?cluster=daheim&border=inside", ["AB", "BC"], 0),
        ("?cluster=daheim&other=fern", ["CD"], 0),
        ("?cluster=daheim&border=inside&pair=1-3&year=2016", ["AB", "AC", "BA"], 0),
        ("?actor=d&cluster=daheim", ["CD"], 0),  # whom D is tied to at home
    ],
)
def test_years_layers_and_clusters_choose_among_relations(client, regions, query, expected, undated):
    response = get_network(client, query)
    assert [f"{source}{target}" for source, _kind, target in pairs(response)] == expected
    assert response.context["undated_count"] == undated
    asked = {name for name in re.findall(r"(\w+)=", query) if name != "actor"}
    assert {chip.name for chip in response.context["selection"].chips} == asked


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("?pair=0-3", "1-3"),
        ("?year=heute", "ganze Zahl"),
        ("?other=nirgends", "nirgends"),
        ("?ordering=x", "x"),
    ],
)
def test_what_is_not_understood_is_named(client, regions, query, named):
    response = get_network(client, query)
    assert response.status_code == 400 and named in markup_of(response)


def counts(table) -> list[list[int]]:
    return [[cell.count for cell in cells] for _label, _lead, cells in table.rows]


def test_every_number_of_a_table_leads_to_exactly_its_relations(client, regions):
    context = get_network(client, "?relation=cooperation&relation=research&relation=supply").context
    assert counts(context["layer_table"]) == [[0, 0, 1, 0, 0], [0, 0, 0, 0], [1, 1, 0], [0, 0], [0]]
    assert counts(context["cluster_table"]) == counts(context["region_table"]) == [[2, 1], [0]]
    assert [label.name for label in context["cluster_table"].labels] == [
        "Daheim (Kaiserslautern)",
        "Fern (Leipzig)",
    ]
    assert sum(map(sum, counts(context["actor_table"]))) == 3
    doors = [
        cell
        for name in ("layer_table", "cluster_table", "region_table")
        for _label, _lead, cells in context[name].rows
        for cell in cells
    ]
    assert [cell.url for cell in doors if not cell.count] == [""] * 14
    for cell in doors:
        if cell.count:
            assert len(pairs(get_network(client, cell.url))) == cell.count, cell.url


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("to", ["AB", "BC", "CD"]),
        ("-from", ["CD", "BC", "AB"]),
        ("since", ["AB", "CD", "BC"]),  # without a year last, in either direction
        ("-since", ["CD", "AB", "BC"]),
        ("kind", ["AB", "BC", "CD"]),
        ("-kind", ["CD", "BC", "AB"]),
    ],
)
def test_heads_sort_the_relations(client, regions, order, expected):
    response = get_network(client, f"?ordering={order}")
    assert [f"{source}{target}" for source, _kind, target in pairs(response)] == expected
    sort = "descending" if order.startswith("-") else "ascending"
    assert markup_of(response).count(f'aria-sort="{sort}"') == 1


def test_actors_are_a_table_too_with_neighbours_as_links(client, regions, monkeypatch):
    monkeypatch.setattr(network_actors, "MOST_NEIGHBOURS_NAMED", 1)

    def rows(query):
        page = get_network(client, query).context["page"]
        return [(str(one.actor), one.relation_count, [*map(str, one.neighbours)], one.more) for one in page]

    found = [("B", 2, ["C"], 1), ("C", 2, ["B"], 1), ("A", 1, ["B"], 0), ("D", 1, ["C"], 0)]
    assert rows("?table=actors") == found
    assert rows("?table=actors&ordering=name") == sorted(found)
    assert rows("?table=actors&ordering=-name") == sorted(found, reverse=True)
    assert [row[1] for row in rows("?table=actors&ordering=relations")] == [1, 1, 2, 2]
    page = markup_of(get_network(client, "?table=actors&cluster=fern"))
    assert f'href="{reverse("pages:network")}?cluster=fern&amp;actor=c">1</a>' in page


def test_projects_and_files_stand_beside_the_relations_of_a_cluster_that_releases_them(client, regions):
    a, b, _c, d = regions
    home = Cluster.objects.get(slug="daheim")
    project = CooperationProject.objects.create(
        cluster=home, slug="p", title_de="Projekt P", starts_on="2015-01-01", state="published"
    )
    ProjectPartner.objects.bulk_create(ProjectPartner(project=project, actor=one) for one in (a, b, d))
    inside = "?cluster=daheim&border=inside"
    hidden = get_network(client, inside).context
    assert (hidden["projects"], hidden["exports"]) == (None, [])
    Release.objects.bulk_create(Release(cluster=home, section=name) for name in ("network", "projects"))

    def titles(query):
        projects = get_network(client, query).context["projects"]
        return [str(one) for one in projects.shown] if projects else []

    assert titles(inside) == titles(f"{inside}&pair=1-3") == titles("?actor=d") == ["Projekt P"]
    for query in (f"{inside}&pair=3-3", f"{inside}&year=2014", f"{inside}&relation=supply", "", "?actor=c"):
        assert titles(query) == [], query
    exports = get_network(client, inside).context["exports"]
    assert [client.get(address).status_code for _name, address in exports] == [200, 200, 200]


def test_an_actor_that_no_address_can_name_is_not_found(client, chain):
    assert get_network(client, "?actor=%00").status_code == 404
