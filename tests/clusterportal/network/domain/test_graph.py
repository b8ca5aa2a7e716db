"""One function turns relations and projects into a simple graph: whose, which, when, for whom."""

from datetime import date

import pytest
from django.utils.translation import override

from actors.models import ActorRelation
from clusterportal.clusters.models import Release
from clusterportal.network.domain import graph
from clusterportal.network.domain.choice import GraphChoice
from clusterportal.network.domain.graph import network_of
from clusterportal.network.enums import Border
from clusterportal.network.models import CooperationProject
from tests.clusterportal.network.networks import DAY

pytestmark = pytest.mark.django_db


def drawn(region, **choice) -> tuple[str, list[str]]:
    """The actors of a network by their first letters, and its ties with the kinds behind them."""
    cluster, names, _project = region
    choice = {"cluster": cluster, "as_of": DAY} | choice
    network = network_of(GraphChoice(**choice))
    of = [names[key] for key in network.actors.tolist()]
    ties = [
        f"{of[one]}{of[other]} " + " ".join(record.kind for record in records)
        for (one, other), records in zip(network.ties.tolist(), network.behind, strict=True)
    ]
    return " ".join(of), ties


@pytest.mark.parametrize(
    ("choice", "actors", "ties"),
    [
        ({}, "A B C", ["AB supply supply project", "AC project", "BC project"]),
        ({"directed": True, "with_projects": False}, "A B C", ["AB supply", "BA supply"]),
        ({"as_of": date(2025, 1, 1)}, "A B C", ["AB supply cooperation"]),
        ({"as_of": date(2023, 12, 31)}, "A B C E", ["AB supply supply", "BC research"]),
        ({"kinds": frozenset({"research"}), "with_projects": False}, "A B C", []),
        ({"kinds": frozenset(), "directed": True}, "A B C", ["AB project", "AC project", "BA project",
         "BC project", "CA project", "CB project"]),
        ({"border": Border.TOUCHING}, "A B C D E Out", ["AB supply supply project", "AC project", "AD parent",
         "AE parent", "AOut project", "BC project", "BOut spin_off project", "COut project"]),
        ({"public": False, "with_projects": False}, "A B C D Draft", ["AB supply supply", "AD parent",
         "ADraft parent"]),
        ({"cluster": None, "with_projects": False}, "A B C D E Out", ["AB supply supply", "AD parent",
         "AE parent", "BOut spin_off"]),
        ({"cluster": None, "actors": (0,)}, "", []),
    ],
)  # fmt: skip
def test_the_choice_says_whose_which_and_when(region, choice, actors, ties, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        assert drawn(region, **choice) == (actors, ties)


def test_a_project_is_public_where_it_is_published_and_its_cluster_shows_projects(region):
    assert "AC project" in drawn(region)[1]
    CooperationProject.objects.update(state="draft")
    assert "AC project" not in drawn(region)[1]
    assert "AC project" in drawn(region, public=False)[1]
    CooperationProject.objects.update(state="published", is_example=True)
    assert "AC project" not in drawn(region)[1]  # an example is no fact
    CooperationProject.objects.update(is_example=False)
    assert "AC project" in drawn(region)[1]
    Release.objects.all().delete()
    assert "AC project" not in drawn(region)[1]


def test_days_and_borders_are_cut_out_of_one_reading(region):
    """As they would be read by themselves: with what stands behind, in one order; and nothing else is left over."""
    cluster, names, _project = region
    keys = {name: key for key, name in names.items()}
    ActorRelation.objects.create(source_id=keys["E"], target_id=keys["Out"], kind="research")
    ever = network_of(GraphChoice(cluster=cluster, ever=True, border=Border.TOUCHING))
    assert drawn(region, as_of=None, ever=True) == ("A B C E", ["AB supply supply cooperation project",
        "AC project", "AE parent", "BC research project"])  # fmt: skip
    counts = {year: len(ever.on(GraphChoice(cluster=cluster, as_of=date(year, 12, 31))).ties)
              for year in (2019, 2023, 2024, 2025)}  # fmt: skip
    assert (len(ever.ties), counts) == (9, {2019: 2, 2023: 2, 2024: 3, 2025: 1})
    of_any_time = network_of(GraphChoice(as_of=DAY, cluster=cluster, ever=True))
    assert [len(one) for one in (of_any_time.actors, of_any_time.members)] == [4, 4]
    touching = network_of(GraphChoice(as_of=DAY, cluster=cluster, border=Border.TOUCHING))
    assert len(touching.ties) == 8  # not that of E, who has left, with Out
    assert touching.is_inside.tolist() == [True, True, True, False, False, False]
    assert touching.inside.is_inside.tolist() == [True] * 3
    assert touching.inside.graph.ecount() == len(touching.inside.ties) == len(touching.inside.behind) == 3
    assert touching.inside.description == network_of(GraphChoice(as_of=DAY, cluster=cluster)).description


def test_a_network_is_read_once_a_version_of_the_data(region, monkeypatch, django_assert_num_queries):
    choice = GraphChoice(as_of=DAY, cluster=region[0])
    version = "1"
    monkeypatch.setattr(graph, "current_version", lambda: version)
    monkeypatch.setattr(graph, "_kept", {})
    monkeypatch.setattr(graph, "_MOST_KEPT", 3)
    first = network_of(choice)
    with django_assert_num_queries(0):
        assert network_of(choice) is first
        touching = network_of(GraphChoice(as_of=DAY, cluster=region[0], border=Border.TOUCHING))
        assert touching.inside is first
        before = network_of(GraphChoice(as_of=date(2020, 1, 1), cluster=region[0]))
    assert before.size == 4
    version = "2"
    assert network_of(choice) is not first
    network_of(GraphChoice(as_of=date(2020, 1, 1)))
    assert len(graph._kept) == 3


def test_the_sentence_of_a_figure_says_what_it_is_made_of(region):
    cluster, _names, _project = region
    with override("en"):
        assert network_of(GraphChoice(as_of=DAY, cluster=cluster)).description == (
            "Relations of all kinds and projects among the members of It-Cluster, as of 31 December 2024; only what "
            "is public; directions do not count; parallel ties count once. 1 relation or project without a known "
            "beginning counts as having always stood."
        )
        choice = GraphChoice(
            as_of=DAY, actors=(1, 2), kinds=frozenset({"supply"}), public=False, directed=True
        )
        assert network_of(choice).description == (
            "Relations (Supply) and projects among 2 actors, as of 31 December 2024; also what is not public; "
            "directions count; parallel ties count once."
        )
    with pytest.raises(ValueError, match="either a cluster or actors"):
        GraphChoice(as_of=DAY, cluster=cluster, actors=())
    with pytest.raises(ValueError, match="a day, or ever"):
        GraphChoice()
