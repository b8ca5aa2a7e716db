"""The network and the projects of a cluster in the API: where they are released, and nothing that is not public."""

import csv
import io
from xml.etree import ElementTree

import networkx
import pytest

from actors.models import ActorRelation
from clusterportal.clusters.models import Release
from clusterportal.network.models import CooperationProject
from tests.factories import make_area

pytestmark = pytest.mark.django_db
HERE = "/api/v1/clusters/it-cluster/"
DAY = "?as_of=2024-12-31&lang=en"


@pytest.fixture
def shown(region):
    Release.objects.create(cluster=region[0], section="network")
    return region


@pytest.mark.parametrize("part", ["network", "projects"])
def test_what_is_not_released_is_not_there(region, client, part):
    Release.objects.all().delete()
    answer = client.get(f"{HERE}{part}/")
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")
    Release.objects.create(cluster=region[0], section=part)
    assert client.get(f"{HERE}{part}/").status_code == 200
    type(region[0]).objects.update(state="draft")
    assert client.get(f"{HERE}{part}/").status_code == 404


def test_the_network_with_its_choice_actors_ties_and_measures(shown, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        answer = client.get(f"{HERE}network/{DAY}").json()
    assert list(answer) == ["choice", "description", "nodes", "ties", "measures"]
    assert answer["choice"] == {
        "cluster": {"slug": "it-cluster", "name": "It-Cluster"}, "as_of": "2024-12-31", "projects": True,
        "kinds": ["competition", "cooperation", "parent", "research", "spin_off", "supply"], "directed": False,
        "border": "inside",
    }  # fmt: skip
    assert answer["description"].startswith(
        "Relations of all kinds and projects among the members of It-Cluster"
    )
    assert [(one["slug"], one["kind"], one["main_layer"]) for one in answer["nodes"]] == [
        (slug, "research_institute", None) for slug in "abc"
    ]
    dated = ActorRelation.objects.get(kind="supply", since=2020)
    undated = ActorRelation.objects.get(kind="supply", since=None)
    project = {
        "kind": "project", "relation": None, "project": "p", "since": "2024-01-01", "until": "2025-01-01",
    }  # fmt: skip
    supply = {"kind": "supply", "project": None}
    assert answer["ties"] == [
        {
            "source": "a", "target": "b", "kinds": ["project", "supply"], "records": [
                supply | {"relation": str(dated.uid), "since": "2020-01-01", "until": "2025-01-01"},
                supply | {"relation": str(undated.uid), "since": None, "until": None},
                project,
            ],
        },
        {"source": "a", "target": "c", "kinds": ["project"], "records": [project]},
        {"source": "b", "target": "c", "kinds": ["project"], "records": [project]},
    ]  # fmt: skip
    measures = {one["code"]: one["value"] for one in answer["measures"]}
    assert (measures["network_density"], measures["network_core"]) == (100, 2)
    alone = client.get(f"{HERE}network/{DAY}&kind=supply&projects=false").json()
    assert [tie["kinds"] for tie in alone["ties"]] == [["supply"]]
    assert (alone["choice"]["kinds"], alone["choice"]["projects"]) == (["supply"], False)


@pytest.mark.parametrize(
    "wrong", ["as_of=2999-01-01", "as_of=soon", "kind=friendship", "projects=maybe", "border=x"]
)
def test_what_cannot_be_asked_is_refused(shown, client, wrong):
    assert client.get(f"{HERE}network/?{wrong}").status_code == 400


def test_the_network_as_files(shown, client):
    answer = client.get(f"{HERE}network.csv{DAY}")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="network-it-cluster.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert [(row["source"], row["target_name"], row["kind"], row["project"], row["since"]) for row in rows] == [
        ("a", "B", "supply", "", "2020-01-01"), ("a", "B", "supply", "", ""),
        ("a", "B", "project", "p", "2024-01-01"), ("a", "C", "project", "p", "2024-01-01"),
        ("b", "C", "project", "p", "2024-01-01"),
    ]  # fmt: skip
    drawn = client.get(f"{HERE}network/{DAY}&format=graphml")
    assert drawn.headers["Content-Type"] == "application/graphml+xml; charset=utf-8"
    graph = networkx.parse_graphml(drawn.content.decode())
    assert sorted(graph.edges) == [("a", "b"), ("a", "c"), ("b", "c")]
    assert graph.nodes["a"]["label"] == "A" and graph.edges["a", "b"]["kinds"] == "project|supply"
    assert graph.edges["a", "b"]["since"] == "" and graph.edges["a", "c"]["until"] == "2025-01-01"
    drawn = client.get(f"{HERE}network/", {"as_of": "2024-12-31", "format": "gexf"})
    graph = networkx.read_gexf(io.BytesIO(drawn.content))
    assert (sorted(graph.edges), graph.nodes["b"]["label"]) == ([("a", "b"), ("a", "c"), ("b", "c")], "B")
    assert ElementTree.fromstring(drawn.content).tag.endswith("gexf")


def test_projects_are_those_that_everybody_may_see(shown, client, django_assert_max_num_queries):
    cluster, _names, project = shown
    area = make_area()
    project.areas.add(area)
    project.amount, project.result_de = "1500000.50", "Ein Prototyp"
    project.save()
    CooperationProject.objects.create(cluster=cluster, slug="hidden", title_de="Entwurf")
    CooperationProject.objects.create(
        cluster=cluster, slug="later", title_de="Später", starts_on="2100-01-01", state="published"
    )
    with django_assert_max_num_queries(9):
        answer = client.get(f"{HERE}projects/?lang=de").json()
    assert [one["slug"] for one in answer["results"]] == ["later", "p"]
    assert [one["status"] for one in answer["results"]] == ["planned", "ended"]
    shown = answer["results"][1]
    assert {name: shown[name] for name in ("title", "amount", "currency", "result", "starts_on", "ends_on")} == {
        "title": "P", "amount": "1500000.50", "currency": "EUR", "result": "Ein Prototyp",
        "starts_on": "2024-01-01", "ends_on": "2025-01-01",
    }  # fmt: skip
    assert [(one["actor"]["slug"], one["role"]) for one in shown["partners"]] == [
        (slug, "partner") for slug in ("a", "b", "c", "out")
    ]
    for query, slugs in (
        ("year=2024", ["p"]), ("year=2025", []), ("year=2100", ["later"]), ("area=health-medtech", ["p"]),
        ("partner=out", ["p"]), ("partner=d", []), ("ordering=starts_on", ["p", "later"]),
    ):  # fmt: skip
        found = client.get(f"{HERE}projects/?{query}").json()["results"]
        assert [one["slug"] for one in found] == slugs, query
    for query in ("year=1", "area=x", "partner=draft", "layer=x"):
        assert client.get(f"{HERE}projects/?{query}").status_code == 400, query
