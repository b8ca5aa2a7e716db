"""The network page: picture and table of the same relations, bounded, and only between published actors."""

import re

import pytest
from django.urls import reverse

from actors.models import ActorRelation
from clusterportal.clusters.models import Cluster, Region, Release
from clusterportal.network.models import CooperationProject, ProjectPartner
from clusterportal.pages.presenters import network_actors, network_choice, network_pictures
from clusterportal.pages.views import network
from tests.factories import make_actor, make_area, make_cluster
from tests.markup import markup_of

pytestmark = pytest.mark.django_db


def relate(source, target, kind="cooperation", **fields):
    return ActorRelation.objects.create(source=source, target=target, kind=kind, **fields)


def get_network(client, query=""):
    return client.get(f"{reverse('pages:network')}{query}")


def pairs(response) -> list[tuple[str, str, str]]:
    return [(str(one.source), one.kind, str(one.target)) for one in response.context["page"]]


@pytest.fixture
def registry(chain):
    cluster, area = make_cluster("it-cluster"), make_area()
    institute = make_actor("Institut", layers=[2, 3], areas=[area], clusters=[cluster], city="Kaiserslautern")
    company = make_actor("Firma", layers=[3], clusters=[cluster], city="Leipzig")
    holder = make_actor("Träger", layers=[1], city="München")
    draft = make_actor("Entwurf", layers=[1], clusters=[cluster], state="draft")
    make_actor("Alleine", layers=[4], clusters=[cluster], city="Leipzig")
    relate(holder, institute, "parent", evidence="https://ror.org/019hjw009", since=1996)
    relate(institute, company)
    relate(draft, institute, "research")
    relate(company, draft, "supply")
    return cluster


def test_picture_and_table_hold_the_same_relations(client, registry):
    response = get_network(client)
    assert response.status_code == 200
    assert pairs(response) == [("Institut", "cooperation", "Firma"), ("Träger", "parent", "Institut")]
    drawn = response.context["drawn"]
    for picture in (drawn.picture.wide, drawn.picture.narrow):
        assert sorted(pill.label for pill in picture.pills) == ["Firma", "Institut", "Träger"]
        assert sorted(line.kind for line in picture.lines) == ["cooperation", "parent"]
        assert [pill.label for pill in picture.pills if pill.is_external] == ["Träger"]
    assert (response.context["actor_count"], response.context["relation_count"]) == (3, 2)
    assert [kind for kind, _label, _directed in drawn.kinds] == ["cooperation", "parent"]
    page = markup_of(response)
    assert "Entwurf" not in page
    assert '<a href="https://ror.org/019hjw009" rel="noopener nofollow">ror.org</a>' in page
    assert 'class="mute">1996</td>' in page


def test_a_seat_beside_a_member_is_inside_the_region(client, registry):
    relate(make_actor("Am Ort", layers=[1], city="Leipzig"), make_actor("Ohne Ort", layers=[1], city=""))
    relate(make_actor("Bei Entwurf", layers=[1], city="Bonn"), make_actor("Auch", layers=[2], city="Leipzig"))
    make_actor("Entwurf in Bonn", clusters=[registry], city="Bonn", state="draft")
    pills = get_network(client).context["drawn"].picture.wide.pills
    assert sorted(pill.label for pill in pills if pill.is_external) == ["Bei Entwurf", "Ohne Ort", "Träger"]


def test_without_any_cluster_nobody_stands_outside(client, chain):
    relate(make_actor("A", layers=[1]), make_actor("B", layers=[2]))
    assert not any(pill.is_external for pill in get_network(client).context["drawn"].picture.wide.pills)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?city=Leipzig", [("Institut", "cooperation", "Firma")]),
        ("?city=M%C3%BCnchen", [("Träger", "parent", "Institut")]),
        ("?relation=parent", [("Träger", "parent", "Institut")]),
        (
            "?relation=parent&relation=cooperation",
            [("Institut", "cooperation", "Firma"), ("Träger", "parent", "Institut")],
        ),
        ("?area=health-medtech&relation=cooperation", [("Institut", "cooperation", "Firma")]),
        ("?cluster=it-cluster", [("Institut", "cooperation", "Firma"), ("Träger", "parent", "Institut")]),
        ("?city=Nirgends", []),
    ],
)
def test_filters_keep_relations_with_an_end_that_matches(client, registry, query, expected):
    response = get_network(client, query)
    assert (response.status_code, pairs(response)) == (200, expected)
    assert ('<svg class="net wide' in markup_of(response)) == bool(expected)


def test_actors_without_a_relation_are_counted_not_drawn(client, registry):
    for number in range(8):  # a picture so tall that its lower right corner is free
        relate(make_actor(f"Hoch {number}", layers=[1]), make_actor(f"Tief {number}", layers=[3]))
    context = get_network(client).context
    assert context["lonely_count"] == 1
    assert context["finding"]["headline"].split()[0::2] == ["1", "1"]
    assert (
        context["finding"]["url"]
        == f"{reverse('actors:actor-list')}?layer=integration-services&layer=application-market"
    )


def test_no_relation_at_all_is_said(client, chain):
    make_actor("Alleine", layers=[1])
    response = get_network(client)
    assert response.status_code == 200
    assert 'class="void"' in markup_of(response)
    assert '<svg class="net' not in markup_of(response)


def test_unknown_value_is_400_and_named(client, registry):
    response = get_network(client, "?relation=love")
    assert response.status_code == 400
    assert "love" in response.content.decode()


def test_long_table_comes_page_by_page(client, chain, monkeypatch):
    monkeypatch.setattr(network, "PAGE_SIZE", 2)
    hub = make_actor("Mitte", layers=[2])
    for name in "ABC":
        relate(hub, make_actor(name, layers=[3]))
    assert len(pairs(get_network(client))) == 2
    assert pairs(get_network(client, "?page=2")) == [("Mitte", "cooperation", "C")]
    assert get_network(client, "?page=9").status_code == 404
    assert len(get_network(client, "?page=2").context["drawn"].picture.wide.lines) == 3


def test_large_network_draws_the_best_connected_and_says_so(client, chain, monkeypatch):
    monkeypatch.setattr(network_choice, "MOST_ACTORS", 4)
    hub = make_actor("Mitte", layers=[2])
    spokes = [make_actor(f"Rand {n}", layers=[3]) for n in range(5)]
    for spoke in spokes:
        relate(hub, spoke)
    relate(spokes[3], spokes[4])
    relate(make_actor("Fern 1", layers=[1]), make_actor("Fern 2", layers=[1]))
    response = get_network(client)
    drawn = response.context["drawn"]
    assert (drawn.actor_count, drawn.relation_count, response.context["is_partial"]) == (4, 4, True)
    labels = {pill.label: pill.aside for pill in drawn.picture.wide.pills}
    assert labels == {"Mitte +2": "weitere Beziehungen", "Rand 0": "", "Rand 3": "", "Rand 4": ""}
    assert len(pairs(response)) == 7
    page = markup_of(response)
    assert "4 von 7 Beziehungen" in page and 'aria-label="Mitte +2 weitere Beziehungen, Ebene 2"' in page


def test_full_columns_take_nobody_more(client, registry, monkeypatch):
    monkeypatch.setattr(network_choice, "MOST_IN_MARGIN", 1)
    monkeypatch.setattr(network_choice, "MOST_IN_COLUMN", 1)
    institute = ActorRelation.objects.get(kind="parent").target
    relate(make_actor("Zweiter Träger", city="Bonn", layers=[1]), institute, "parent")
    relate(institute, make_actor("Zweite Firma", layers=[3], city="Leipzig"))
    drawn = get_network(client).context["drawn"]
    assert [pill.label for pill in drawn.picture.wide.pills] == ["Träger", "Institut +2", "Firma"]


def test_beyond_the_region_relations_are_counted_not_drawn(client, registry):
    holder = ActorRelation.objects.get(kind="parent").source
    others = [make_actor(f"Außen {number}", layers=[2], city="Bonn") for number in range(3)]
    for other in others:
        relate(holder, other, "parent")
    response = get_network(client)
    labels = {pill.label: pill.url for pill in response.context["drawn"].picture.wide.pills}
    assert set(labels) == {"Firma", "Institut", "Träger +3"}
    assert labels["Träger +3"] == f"{reverse('pages:network')}?actor={holder.slug}"
    assert (response.context["outside_count"], response.context["relation_count"]) == (3, 5)
    assert [(str(cluster), count) for cluster, _url, count in response.context["groups"]] == [
        ("It-Cluster", 2)
    ]
    alone = get_network(client, "?city=Bonn")
    assert "drawn" not in alone.context and len(pairs(alone)) == 3
    actor, _address, count = alone.context["hubs"][0]
    assert (str(actor), count) == ("Träger", 3)


def test_one_actor_has_its_own_network(client, registry, monkeypatch):
    monkeypatch.setattr(network_pictures, "MOST_NEIGHBOURS", 2)
    holder = ActorRelation.objects.get(kind="parent").source
    for number in range(3):
        relate(holder, make_actor(f"Außen {number}", layers=[2], city="Bonn"), "parent")
    response = get_network(client, f"?actor={holder.slug}&relation=parent")
    drawn = response.context["drawn"]
    assert [pill.label for pill in drawn.picture.wide.pills] == ["Träger", "Institut", "Außen 0"]
    assert (drawn.relation_count, response.context["relation_count"]) == (2, 4)
    page = markup_of(response)
    assert "<title>Beziehung: Trägerschaft – Netzwerk von Träger – Clusterregister</title>" in page
    assert f'<option value="{holder.slug}" selected>Träger</option>' in page
    assert f'<a href="?actor={holder.slug}"><span class="vh">Entfernen:' in page  # the actor stays
    assert get_network(client, "?actor=entwurf").status_code == 404


def test_query_count_does_not_grow(client, registry, django_assert_num_queries):
    with django_assert_num_queries(13):
        get_network(client)
    hub = make_actor("Mitte", layers=[2, 5], clusters=[registry])
    for name in "ABC":
        relate(hub, make_actor(name, layers=[3], clusters=[registry], city=name))
    with django_assert_num_queries(13):
        get_network(client)


# ---------- years, layers, clusters ----------
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
