"""Clusters: the list with its strips, and one cluster with all that is known of it or said to be unknown."""

import pytest
from django.urls import reverse

from actors.models import Membership
from clusterportal.clusters.models import Region
from clusterportal.labels.domain.checking import criteria
from clusterportal.pages.drawing.cycle import cycle
from tests.factories import make_actor, make_area, make_cluster
from tests.markup import markup_of

pytestmark = pytest.mark.django_db

SQUARE = {"type": "MultiPolygon", "coordinates": [[[[7, 49], [7, 50], [8, 50], [8, 49], [7, 49]]]]}


@pytest.fixture
def cluster(chain):
    cluster, area = make_cluster("it-cluster", name_de="IT-Cluster"), make_area()
    make_area("logistics")
    place = {"latitude": 49.4, "longitude": 7.7}
    make_actor("Institut", layers=[2, 3], areas=[area], clusters=[cluster], **place)
    make_actor("Firma", layers=[3], areas=[area], clusters=[cluster], kind="company", **place)
    make_actor("Verein", layers=[3], clusters=[cluster], kind="association", summary_de="Verbindet alle.")
    make_actor("Entwurf", layers=[1], areas=[area], clusters=[cluster], state="draft", **place)
    make_actor("Nachbar", layers=[1], areas=[area])
    return cluster


def get_list(client):
    return client.get(reverse("clusters:cluster-list"))


def get_cluster(client, slug="it-cluster"):
    return client.get(reverse("clusters:cluster-detail", args=[slug]))


def test_list_shows_published_clusters_with_five_counts(client, cluster):
    make_cluster("leer")
    make_cluster("entwurf", state="draft")
    make_cluster("ruht", is_active=False)
    shown = [
        (one.slug, total, [cell.count for cell in cells])
        for one, total, cells in get_list(client).context["clusters"]
    ]
    assert shown == [("it-cluster", 3, [0, 1, 3, 0, 0]), ("leer", 0, [0, 0, 0, 0, 0])]
    page = markup_of(get_list(client))
    assert page.count('class="strip"') == 2
    assert page.count('<li class="l') == 2 + page.count('<li class="lang"')


def test_empty_list_is_said(client, chain):
    response = get_list(client)
    assert response.status_code == 200
    assert 'class="void"' in markup_of(response)


@pytest.mark.parametrize("fields", [{"state": "draft"}, {"state": "archived"}, {"is_active": False}])
def test_unpublished_cluster_is_not_there(client, chain, fields):
    make_cluster("geheim", **fields)
    assert get_cluster(client, "geheim").status_code == 404
    assert get_cluster(client, "nirgends").status_code == 404


def test_cluster_counts_published_members_only(client, cluster):
    context = get_cluster(client).context
    assert (context["total"], context["layer_count"]) == (3, 2)
    assert [column.total for column in context["table"].columns] == [0, 1, 3, 0, 0]
    assert [(row.area.slug, [cell.count for cell in row.cells]) for row in context["table"].rows] == [
        ("health-medtech", [0, 1, 2, 0, 0])
    ]
    assert [(kind["code"], kind["count"]) for kind in context["kinds"]] == [
        ("association", 1), ("company", 1), ("research_institute", 1),
    ]  # fmt: skip
    assert [str(row.actor) for row in context["members"]] == ["Firma", "Institut", "Verein"]
    assert [str(row.actor) for row in context["networks"]] == ["Verein"]
    assert context["criteria"] == criteria(cluster)
    page = get_cluster(client).content.decode()
    assert "Entwurf" not in page
    assert "Nachbar" not in page
    assert "Verbindet alle." in page


def test_numbers_lead_to_the_same_actors_in_the_directory(client, cluster):
    context = get_cluster(client).context
    doors = {context["query"]: context["total"]}
    doors |= {f"{context['query']}&kind={kind['code']}": kind["count"] for kind in context["kinds"]}
    doors |= {column.query: column.total for column in context["table"].columns}
    doors |= {cell.query: cell.count for row in context["table"].rows for cell in row.cells}
    directory = reverse("actors:actor-list")
    assert {
        door: client.get(f"{directory}?{door}").context["page"].paginator.count for door in doors
    } == doors


def test_managing_organisation_is_named(client, cluster):
    manager = make_actor("Management GmbH")
    Membership.objects.create(actor=manager, cluster=cluster, kind="management")
    hidden = make_actor("Verdeckt", state="draft")
    Membership.objects.create(actor=hidden, cluster=cluster, kind="management")
    assert get_cluster(client).context["managers"] == [manager]


def test_place_in_the_outline_names_its_source(client, cluster):
    assert get_cluster(client).context["place"].rings
    Region.objects.update(outline=SQUARE, outline_source="© Amt für Karten")
    response = get_cluster(client)
    assert response.context["place"].outline
    assert "© Amt für Karten" in response.content.decode()


def test_without_coordinates_there_is_no_place(client, chain):
    cluster = make_cluster("ortlos")
    make_actor("Irgendwo", layers=[1], clusters=[cluster])
    response = get_cluster(client, "ortlos")
    assert response.context["place"] is None
    assert 'class="place"' not in markup_of(response)


def test_empty_cluster_says_what_is_missing(client, chain):
    make_cluster("leer")
    response = get_cluster(client, "leer")
    assert response.status_code == 200
    assert markup_of(response).count('class="void"') == 3  # matrix, life cycle, members
    assert 'class="cycle"' not in markup_of(response)


@pytest.mark.parametrize(
    ("stage", "number"),
    [("emergence", 1), ("growth", 2), ("sustainment", 3), ("decline", 4), ("transformation", 5)],
)
def test_life_cycle_is_drawn_when_known(client, chain, stage, number):
    make_cluster("it-cluster", life_cycle=stage)
    response = get_cluster(client)
    assert response.context["cycle"] == cycle(number)
    assert len(cycle(number).stops) == number - 1
    assert markup_of(response).count('aria-current="step"') == 1


def test_the_curve_ends_where_the_future_begins():
    for stage in range(1, 6):
        x, y = cycle(stage).now
        assert cycle(stage).past.endswith(f" {x} {y}")
        assert cycle(stage).future.startswith(f"M{x} {y}")


def test_many_members_are_cut_with_a_way_to_all(client, chain, monkeypatch):
    monkeypatch.setattr("clusterportal.pages.views.clusters.MOST_MEMBERS", 2)
    cluster = make_cluster("it-cluster")
    for name in "ABC":
        make_actor(name, layers=[1], clusters=[cluster])
    response = get_cluster(client)
    assert [str(row.actor) for row in response.context["members"]] == ["A", "B"]
    assert response.content.decode().count(f'{reverse("actors:actor-list")}?cluster=it-cluster"') == 3


def test_networks_are_named_also_where_the_members_are_cut_before_them(client, chain, monkeypatch):
    monkeypatch.setattr("clusterportal.pages.views.clusters.MOST_MEMBERS", 1)
    cluster = make_cluster("it-cluster")
    make_actor("A", clusters=[cluster])
    make_actor("Z e. V.", kind="association", clusters=[cluster])
    context = get_cluster(client).context
    assert [[str(row.actor) for row in context[name]] for name in ("members", "networks")] == [
        ["A"],
        ["Z e. V."],
    ]


def test_query_counts_do_not_grow(client, cluster, django_assert_num_queries):
    """One of those of a cluster counts its events of the year: labels ask for activities."""
    with django_assert_num_queries(4):
        get_list(client)
    with django_assert_num_queries(17):
        get_cluster(client)
    for name in ("Vier", "Acht", "Zehn"):
        extra = make_area(name.lower())
        make_actor(
            name,
            layers=[1, 2],
            areas=[extra],
            clusters=[cluster, make_cluster(name.lower())],
            latitude=49,
            longitude=7,
        )
        make_actor(f"Netz {name}", kind="association", layers=[2], areas=[extra], clusters=[cluster])
    with django_assert_num_queries(4):
        get_list(client)
    with django_assert_num_queries(17):
        get_cluster(client)


def test_programmes_stand_one_a_line_without_the_blank_ones(client, chain):
    make_cluster("it-cluster", programmes="go-cluster\n\n ZIM \n")
    response = get_cluster(client)
    assert response.status_code == 200
    assert response.context["programmes"] == ["go-cluster", " ZIM "]


def test_a_former_address_leads_to_that_of_today_while_the_cluster_is_published(client, cluster):
    cluster.slug = "neu"
    cluster.save()
    answer = get_cluster(client)
    assert answer.status_code == 301
    assert answer["Location"] == reverse("clusters:cluster-detail", args=["neu"])
    cluster.state = "draft"
    cluster.save()
    assert get_cluster(client).status_code == get_cluster(client, "neu").status_code == 404
